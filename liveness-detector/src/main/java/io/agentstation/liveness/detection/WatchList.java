package io.agentstation.liveness.detection;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ticks.StallTracker;
import io.agentstation.contracts.ticks.Stalls;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.Vitals;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.watch.WatchStore;
import io.agentstation.liveness.watch.WatchTable;
import io.agentstation.liveness.watch.Watches;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Knows when something comes due for an agent: its silence, a policy on it, the end of its drain, or that it may be forgotten. */
final class WatchList {

    private final LivenessSettings settings;
    private final SilenceRule rule;
    private final OnUnhealthy onUnhealthy;
    private final StallTracker stalls;
    private final Watches watches;
    private final UnknownAgents unknown;

    /** Continues with what the store holds; the stalls are restored already. */
    WatchList(Criteria criteria, OnUnhealthy onUnhealthy, StallTracker stalls, WatchStore store) {
        this.settings = criteria.settings();
        this.rule = criteria.rule();
        this.onUnhealthy = onUnhealthy;
        this.stalls = stalls;
        this.unknown = new UnknownAgents(settings.maxUnknownAgents());
        this.watches = new Watches(store, stalls.clock().nowMs(), this::silenceDueMs);
        watches.forEach(this::noteUnknown);
    }

    /** The agent's row, a new one if it has none. */
    int of(AgentId agent) {
        return watches.of(agent);
    }

    /** The row of the agent with these 128 bits, or {@link WatchTable#NONE}. */
    int find(long high, long low) {
        return watches.table().find(high, low);
    }

    AgentId agent(int row) {
        return watches.table().agent(row);
    }

    boolean isTerminal(int row) {
        return watches.table().isTerminal(row);
    }

    /** Whether a further heartbeat changes nothing but the deadline. */
    boolean isSteady(int row) {
        return watches.table().isSteady(row);
    }

    @Nullable
    LastHeartbeat last(int row) {
        return watches.table().last(row);
    }

    /** Whether it was heard later than this. */
    boolean isHeardAfter(int row, long atMs) {
        return watches.table().isHeard(row) && watches.table().lastMs(row) > atMs;
    }

    void heard(int row, HeartbeatMode mode, long atMs) {
        watches.heard(row, mode, atMs);
    }

    void unheard(int row) {
        watches.unheard(row);
    }

    /** The facts or the last heartbeat have changed. */
    void refresh(AgentFacts facts, int row) {
        int flags = (facts.isTerminal() ? WatchTable.TERMINAL : 0)
                | (new Vitals(facts, last(row)).areSteady() ? WatchTable.STEADY : 0)
                | (facts.isKnown() ? 0 : WatchTable.UNKNOWN);
        long policyDueMs = onUnhealthy.dueMs(facts, last(row), latest());
        long drainDueMs = facts.drainDueMs().orElse(WatchTable.NEVER);
        watches.status(row, flags, Math.min(forgetAtMs(facts), Math.min(drainDueMs, policyDueMs)));
        unknown.note(facts.agentId(), facts.firstSeenMs(), !facts.isKnown());
    }

    /** Shows the row of every agent that was heard and may be unhealthy. */
    void forEachMaybeUnhealthy(IntConsumer reader) {
        WatchTable table = watches.table();
        watches.forEach(row -> {
            if (table.isHeard(row) && !table.isSteady(row) && !table.isTerminal(row)) {
                reader.accept(row);
            }
        });
    }

    /** Takes an agent for which something came due before this time; {@link WatchTable#NONE} when there is none. */
    int takeDueBefore(long nowMs) {
        return watches.takeDueBefore(nowMs);
    }

    boolean isSilent(int row, long nowMs) {
        return silenceDueMs(row) < nowMs;
    }

    /** The inactivity window's end, or never for an agent whose silence says nothing new. */
    long silenceDueMs(int row) {
        return silenceDueMs(watches.table(), row);
    }

    boolean isForgettable(AgentFacts facts, long nowMs) {
        return forgetAtMs(facts) < nowMs;
    }

    void forget(int row) {
        unknown.note(agent(row), 0, false);
        watches.forget(row);
    }

    /** The oldest unknown agent when there are too many of them, else null. */
    @Nullable
    AgentId surplus() {
        return unknown.surplus();
    }

    /** How many agents are remembered. */
    int agents() {
        return watches.table().size();
    }

    /** How many agents have a time at which they will be looked at. */
    int armed() {
        return watches.armed();
    }

    /** Whether the store lacks anything. */
    boolean hasUnwritten() {
        return watches.hasUnwritten();
    }

    /** Brings the store up to date. */
    void write() {
        watches.write();
    }

    private long silenceDueMs(WatchTable table, int row) {
        return table.isSteady(row) && table.isHeard(row)
                ? rule.deadlineMs(new LastHeartbeat(table.mode(row), table.lastMs(row)), latest())
                : WatchTable.NEVER;
    }

    private Stalls latest() {
        return stalls.clock().stalls();
    }

    private void noteUnknown(int row) {
        if (watches.table().isUnknown(row)) {
            long firstSeenMs = watches.table().otherDueMs(row)
                    - settings.unknownRetention().toMillis();
            unknown.note(agent(row), firstSeenMs, true);
        }
    }

    private long forgetAtMs(AgentFacts facts) {
        if (!facts.isKnown()) {
            return facts.firstSeenMs() + settings.unknownRetention().toMillis();
        }
        return facts.terminalAtMs()
                .map(at -> at + settings.terminalRetention().toMillis())
                .orElse(WatchTable.NEVER);
    }
}
