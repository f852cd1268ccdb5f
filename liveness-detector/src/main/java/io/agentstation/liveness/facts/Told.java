package io.agentstation.liveness.facts;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import org.jspecify.annotations.Nullable;

/**
 * What the lifecycle has said of an agent so far.
 *
 * @param state       null before CREATED
 * @param sequence    of the newest event, 0 before the first
 * @param health      as of the newest event
 * @param silentSince the last heartbeat (epoch milliseconds) before the UNHEALTHY that no heartbeat has answered, or null
 */
record Told(
        @Nullable AgentState state,
        long sequence,
        Health health,
        @Nullable Long silentSince) {

    static final Told NOTHING = new Told(null, 0, Health.UNKNOWN, null);

    boolean isTerminal() {
        return state != null && state.isTerminal();
    }

    Told next(AgentState newState) {
        return new Told(newState, sequence + 1, health, silentSince);
    }

    Told health(Health newHealth) {
        return new Told(state, sequence, newHealth, silentSince);
    }

    Told silentSince(@Nullable Long lastHeartbeatMs) {
        return new Told(state, sequence, health, lastHeartbeatMs);
    }
}
