/** Metrics in, on a path of their own that cannot starve heartbeats. */
@NullMarked
package io.agentstation.gateway.metrics;

import org.jspecify.annotations.NullMarked;
