package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.silence.DeadlineIndex;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.silence.StallTracker;
import io.agentstation.liveness.silence.Stalls;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows when something comes due for an agent: its silence, the end of its drain, or that it may be forgotten. */
final class WatchList {

    private final LivenessSettings settings;
    private final SilenceRule rule;
    private final StallTracker stalls;
    private final DeadlineIndex index = new DeadlineIndex();
    private final Map<AgentId, Watch> watches = new HashMap<>();
    private final UnknownAgents unknown;

    WatchList(LivenessSettings settings, SilenceRule rule, StallTracker stalls) {
        this.settings = settings;
        this.rule = rule;
        this.stalls = stalls;
        this.unknown = new UnknownAgents(settings.maxUnknownAgents());
    }

    Watch of(AgentId agent) {
        return watches.computeIfAbsent(agent, Watch::new);
    }

    /** The facts or the last heartbeat have changed. */
    void refresh(AgentFacts facts, Watch watch) {
        watch.terminal = facts.isTerminal();
        watch.steady = facts.isSteady(watch.last);
        watch.otherDueMs = Math.min(forgetAtMs(facts), facts.drainDeadlineMs().orElse(DeadlineIndex.NEVER));
        index.arm(watch.agent, watch.dueMs(rule, latest()));
        unknown.note(watch.agent, facts.firstSeenMs(), !facts.isKnown());
    }

    /** An ordinary heartbeat: touches the index only when the new mode shortens the deadline. */
    void beat(Watch watch) {
        index.armNoLaterThan(watch.agent, watch.dueMs(rule, latest()));
    }

    /** Takes an agent for which something came due before this time; null when there is none. */
    @Nullable
    Watch takeDueBefore(long nowMs) {
        for (AgentId agent = index.takeBefore(nowMs); agent != null; agent = index.takeBefore(nowMs)) {
            Watch watch = of(agent);
            long due = watch.dueMs(rule, latest());
            if (due < nowMs) {
                return watch;
            }
            index.arm(agent, due);
        }
        return null;
    }

    boolean isSilent(Watch watch, long nowMs) {
        return watch.silenceDueMs(rule, latest()) < nowMs;
    }

    boolean isForgettable(AgentFacts facts, long nowMs) {
        return forgetAtMs(facts) < nowMs;
    }

    void forget(AgentId agent) {
        index.disarm(agent);
        watches.remove(agent);
        unknown.note(agent, 0, false);
    }

    /** The oldest unknown agent when there are too many of them, else null. */
    @Nullable
    AgentId surplus() {
        return unknown.surplus();
    }

    private Stalls latest() {
        return stalls.clock().stalls();
    }

    private long forgetAtMs(AgentFacts facts) {
        if (!facts.isKnown()) {
            return facts.firstSeenMs() + settings.unknownRetention().toMillis();
        }
        return facts.terminalAtMs()
                .map(at -> at + settings.terminalRetention().toMillis())
                .orElse(DeadlineIndex.NEVER);
    }
}
