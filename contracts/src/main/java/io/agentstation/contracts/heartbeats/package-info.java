/** Liveness messages on {@code agent.heartbeats}: heartbeats and the gateways' ticks. */
@NullMarked
package io.agentstation.contracts.heartbeats;

import org.jspecify.annotations.NullMarked;
