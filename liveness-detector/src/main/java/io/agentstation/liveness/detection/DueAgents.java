package io.agentstation.liveness.detection;

import io.agentstation.contracts.ticks.StallTracker.LogClock;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.DueEvents;
import io.agentstation.liveness.facts.Standing;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.watch.WatchTable;
import java.time.Duration;
import java.util.Optional;

/** What a tick decides: of every agent for which something came due, its silence, a policy, a drain, or its oblivion. */
final class DueAgents {

    private final Criteria criteria;
    private final OnUnhealthy onUnhealthy;
    private final KnownAgents agents;
    private final WatchList watches;
    private final Outbox outbox;
    private long policyVersion = -1;

    DueAgents(Criteria criteria, OnUnhealthy onUnhealthy, KnownAgents agents, WatchList watches, Outbox outbox) {
        this.criteria = criteria;
        this.onUnhealthy = onUnhealthy;
        this.agents = agents;
        this.watches = watches;
        this.outbox = outbox;
    }

    /** Decides for the time of the newest tick; of a mass death, a part is left to the next. */
    void decide(LogClock clock) {
        followPolicies();
        LivenessSettings settings = criteria.settings();
        int unhealthy = 0;
        while (unhealthy < settings.maxUnhealthyPerTick()) {
            int due = watches.takeDueBefore(clock.nowMs());
            if (due == WatchTable.NONE) {
                return;
            }
            unhealthy += examine(due, clock) ? 1 : 0;
        }
    }

    /** A policy that has changed counts for the agents that are unhealthy already. */
    private void followPolicies() {
        long version = criteria.policies().version();
        if (version != policyVersion) {
            policyVersion = version;
            watches.forEachMaybeUnhealthy(row -> {
                AgentFacts facts = agents.facts(row);
                if (facts != null) {
                    watches.refresh(facts, row);
                }
            });
        }
    }

    /** Returns whether the agent was called unhealthy. */
    private boolean examine(int row, LogClock clock) {
        long now = clock.nowMs();
        AgentFacts facts = agents.facts(row);
        if (facts == null || watches.isForgettable(facts, now)) {
            agents.forget(row);
            return false;
        }
        Optional<Standing> before = agents.standing(facts, row);
        LastHeartbeat last = watches.last(row);
        boolean silent = last != null && watches.isSilent(row, now);
        if (last != null && silent) {
            tellSilence(row, facts, last, now);
        }
        if (facts.drainDueMs().filter(due -> due < now).isPresent()) {
            outbox.command(EndOfDrain.command(facts, now));
        }
        if (last != null && onUnhealthy.dueMs(facts, last, clock.stalls()) < now) {
            outbox.command(onUnhealthy.command(facts, last, now));
            facts.remedied();
        }
        agents.settle(row, facts, before, now);
        return silent;
    }

    private void tellSilence(int row, AgentFacts facts, LastHeartbeat last, long now) {
        Duration afterDeadline = Duration.ofMillis(now - watches.silenceDueMs(row));
        long interval = criteria.settings().intervalMs(last.mode());
        outbox.silence(DueEvents.tellSilence(facts, last, now, interval), afterDeadline);
    }
}
