/** Tests of what the benchmark computes. */
@NullMarked
package io.agentstation.benchmarks.telemetry;

import org.jspecify.annotations.NullMarked;
