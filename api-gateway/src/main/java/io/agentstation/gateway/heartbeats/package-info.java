/** Heartbeats in, acknowledged only when Kafka has them. */
@NullMarked
package io.agentstation.gateway.heartbeats;

import org.jspecify.annotations.NullMarked;
