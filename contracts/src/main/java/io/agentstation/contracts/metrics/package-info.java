/** Resource telemetry on {@code agent.metrics}. */
@NullMarked
package io.agentstation.contracts.metrics;

import org.jspecify.annotations.NullMarked;
