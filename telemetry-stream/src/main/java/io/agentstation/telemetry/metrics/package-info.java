/** Metrics reports as rows. */
@NullMarked
package io.agentstation.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
