/** The agent's side of the Station: heartbeats that keep the agent contract, and metrics that never delay them. */
@NullMarked
package io.agentstation.agent;

import org.jspecify.annotations.NullMarked;
