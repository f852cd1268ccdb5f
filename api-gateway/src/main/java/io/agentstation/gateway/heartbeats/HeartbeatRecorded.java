package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.lifecycle.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a heartbeat that is in the log.
 *
 * @param state lets an agent learn that it must drain; null when the station cannot say now
 */
record HeartbeatRecorded(String message, @Nullable AgentState state) {

    static HeartbeatRecorded in(@Nullable AgentState state) {
        return new HeartbeatRecorded("Heartbeat recorded", state);
    }
}
