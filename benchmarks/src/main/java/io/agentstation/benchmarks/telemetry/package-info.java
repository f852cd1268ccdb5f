/** What the real writer does beside a bare loop of inserts, and how fresh its rows are; run by {@code benchmarks/telemetry}. */
@NullMarked
package io.agentstation.benchmarks.telemetry;

import org.jspecify.annotations.NullMarked;
