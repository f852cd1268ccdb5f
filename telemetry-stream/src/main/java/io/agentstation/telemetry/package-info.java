/** Heartbeats, metrics, observations and lifecycle events from Kafka into Cassandra. */
@NullMarked
package io.agentstation.telemetry;

import org.jspecify.annotations.NullMarked;
