package io.agentstation.liveness.facts;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's facts and its last heartbeat come to together.
 *
 * @param last null when it was never heard
 */
public record Vitals(AgentFacts facts, @Nullable LastHeartbeat last) {

    /** Its health now; the newest event may say otherwise when an order of the Station ended the watch since. */
    public Health health() {
        if (last == null || !isWatched(last)) {
            return Health.UNKNOWN;
        }
        Long silentSince = facts.told.silentSince();
        return silentSince != null && last.atMs() <= silentSince ? Health.UNHEALTHY : Health.HEALTHY;
    }

    /** Whether a further heartbeat can change nothing but the deadline. */
    public boolean areSteady() {
        return health() == Health.HEALTHY && facts.told.health() == Health.HEALTHY;
    }

    /** Whether it is silent, was called so, and nothing was done about it. */
    public boolean awaitRemedy() {
        return !facts.remedy.applied && health() == Health.UNHEALTHY;
    }

    /** What it counts as in its fleet; empty before CREATED. */
    public Optional<Standing> standing() {
        AgentState state = facts.told.state();
        return state == null || facts.workspace == null
                ? Optional.empty()
                : Optional.of(new Standing(facts.workspace, state, state.isTerminal() ? null : health()));
    }

    /** Whether its silence would count: it runs, nobody asked it to stop, and it was heard since. */
    private boolean isWatched(LastHeartbeat heard) {
        boolean runs = facts.told.state() == AgentState.ACTIVE || facts.told.state() == AgentState.DRAINING;
        boolean stopping = facts.delete != null || facts.kill != null || facts.removed != null || facts.replicas == 0;
        return runs && !stopping && heard.atMs() > facts.unwatchedAtMs;
    }
}
