package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.DueEvents;
import io.agentstation.liveness.facts.Standing;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.StallTracker;
import io.agentstation.liveness.watch.WatchTable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides for the agents of one partition. Facts change states at once; absence is decided only while a tick is
 * processed, when every heartbeat appended before it has been seen, whatever the lag (design section 4).
 *
 * <p>Its memory is rebuilt from the tables, and firing depends only on deadline and tick, so a restart changes no
 * decision. All times are log-append times, epoch milliseconds. Not thread-safe.
 */
public final class PartitionDetector {

    private final int partition;
    private final Criteria criteria;
    private final OnUnhealthy onUnhealthy;
    private final Tables tables;
    private final Outbox outbox;
    private final StallTracker stalls;
    private final FleetTally fleet;
    private final WatchList watches;
    private long policyVersion = -1;
    private long reportedMs;

    /** Continues from the tables. */
    public PartitionDetector(int partition, Criteria criteria, Tables tables, Outbox outbox) {
        this.partition = partition;
        this.criteria = criteria;
        this.onUnhealthy = new OnUnhealthy(criteria);
        this.tables = tables;
        this.outbox = outbox;
        this.stalls = new StallTracker(criteria.settings());
        this.fleet = new FleetTally(partition, tables.fleet());
        tables.gateways().forEach(stalls::restore);
        tables.clock().forEach((key, clock) -> stalls.restore(clock));
        this.watches = new WatchList(criteria, onUnhealthy, stalls, tables.watches());
    }

    /** A command was read, with its offset in the topic. */
    public void command(AgentCommand command, long offset, long atMs) {
        learn(command.agentId(), atMs, facts -> facts.observe(command, offset, atMs));
    }

    /** An observation was read. Changes of replicas and conditions are no facts of the lifecycle. */
    public void observation(Observation observation, long atMs) {
        if (!(observation instanceof Observation.StatusChanged)) {
            learn(observation.agentId(), atMs, facts -> facts.observe(observation));
        }
    }

    /** A heartbeat was read. */
    public void heartbeat(AgentId agent, Heartbeat heartbeat, long atMs) {
        int row = watches.of(agent);
        if (!isPassedOver(row, heartbeat.mode(), atMs)) {
            learn(agent, atMs, facts -> {
                watches.heard(row, heartbeat.mode(), atMs);
                facts.heard(heartbeat, atMs);
            });
        }
    }

    /**
     * A heartbeat of the agent with these 128 bits was read. Returns false, and changes nothing, when it may change more
     * than a deadline: then it has to come as {@link #heartbeat}. Allocates nothing and touches no store.
     */
    public boolean ordinaryHeartbeat(long high, long low, HeartbeatMode mode, long atMs) {
        int row = watches.find(high, low);
        return row != WatchTable.NONE && isPassedOver(row, mode, atMs);
    }

    /** Takes a heartbeat that changes a deadline at most; returns false for any other. */
    private boolean isPassedOver(int row, HeartbeatMode mode, long atMs) {
        if (watches.isTerminal(row) || watches.isHeardAfter(row, atMs)) {
            return true;
        }
        if (watches.isSteady(row)) {
            watches.heard(row, mode, atMs);
            return true;
        }
        return false;
    }

    /** A tick or a farewell was read. Returns false, and decides nothing, when its sequence does not rise. */
    public boolean tick(Tick tick, long atMs) {
        boolean goodbye = tick.kind() == Tick.Kind.GOODBYE;
        boolean accepted = goodbye
                ? stalls.goodbye(tick.gatewayId(), tick.sequence(), atMs)
                : stalls.tick(tick.gatewayId(), tick.sequence(), atMs);
        if (accepted) {
            stalls.takeTouched().forEach(id -> tables.gateways().put(id, stalls.gateway(id)));
            tables.clock().put("clock", stalls.clock());
            if (!goodbye) {
                followPolicies();
                decide();
            }
        }
        return accepted;
    }

    /** Whether the tables lack something that memory holds. */
    public boolean hasUnwritten() {
        return watches.hasUnwritten();
    }

    /** Brings the tables up to date; has to be called before what was read is committed as read. */
    public void writeWatches() {
        watches.write();
    }

    /** How things stand in this partition now. */
    public Census census() {
        return new Census(
                stalls.clock(),
                stalls.onRoster(),
                watches.agents(),
                watches.armed(),
                fleet.total(Health.HEALTHY) + fleet.total(Health.UNHEALTHY),
                fleet.total(Health.UNHEALTHY),
                stalls.observedMs(),
                stalls.stalledMs());
    }

    /** Writes whether absence can be proven here, unless nothing has ticked since the last time. */
    public void writeReport() {
        long nowMs = stalls.clock().nowMs();
        if (nowMs != reportedMs) {
            reportedMs = nowMs;
            outbox.report(census().report(partition));
        }
    }

    /** Writes the fleet counts that have changed since the last call. */
    public void writeFleet() {
        fleet.writeChanged(outbox);
    }

    /** A policy that has changed counts for the agents that are unhealthy already. */
    private void followPolicies() {
        long version = criteria.policies().version();
        if (version != policyVersion) {
            policyVersion = version;
            watches.forEachMaybeUnhealthy(row -> {
                AgentFacts facts = tables.agents().get(watches.agent(row));
                if (facts != null) {
                    watches.refresh(facts, row);
                }
            });
        }
    }

    private void decide() {
        long now = stalls.clock().nowMs();
        int unhealthy = 0;
        while (unhealthy < criteria.settings().maxUnhealthyPerTick()) {
            int due = watches.takeDueBefore(now);
            if (due == WatchTable.NONE) {
                return;
            }
            unhealthy += examine(due, now) ? 1 : 0;
        }
    }

    /** Returns whether the agent was called unhealthy. */
    private boolean examine(int row, long now) {
        AgentFacts facts = tables.agents().get(watches.agent(row));
        if (facts == null || watches.isForgettable(facts, now)) {
            forget(row);
            return false;
        }
        LastHeartbeat last = watches.last(row);
        Optional<Standing> before = facts.standing(last);
        boolean silent = watches.isSilent(row, now);
        if (silent && last != null) {
            Duration late = Duration.ofMillis(now - watches.silenceDueMs(row));
            outbox.silence(
                    DueEvents.tellSilence(facts, last, now, criteria.settings().intervalMs(last.mode())), late);
        }
        if (facts.drainDeadlineMs().filter(deadline -> deadline < now).isPresent()) {
            outbox.command(DrainTimeout.command(facts.agentId(), facts.drainTimedOut(), now));
        }
        if (last != null && onUnhealthy.dueMs(facts, last, stalls.clock().stalls()) < now) {
            outbox.command(onUnhealthy.command(facts, last, now));
            facts.remedied();
        }
        settle(facts, row, before, now);
        return silent;
    }

    private void learn(AgentId agent, long atMs, Consumer<AgentFacts> fact) {
        int row = watches.of(agent);
        if (watches.isTerminal(row)) {
            return;
        }
        AgentFacts known = tables.agents().get(agent);
        AgentFacts facts = known == null ? new AgentFacts(agent, atMs) : known;
        Optional<Standing> before = facts.standing(watches.last(row));
        fact.accept(facts);
        DueEvents.tell(facts, watches.last(row), atMs).forEach(outbox::event);
        settle(facts, row, before, atMs);
    }

    private void settle(AgentFacts changed, int row, Optional<Standing> before, long atMs) {
        AgentFacts facts = changed.isTerminal() ? changed.tombstone(atMs) : changed;
        if (facts.isTerminal()) {
            watches.unheard(row);
        }
        tables.agents().put(facts.agentId(), facts);
        fleet.move(before, facts.standing(watches.last(row)));
        watches.refresh(facts, row);
        AgentId surplus = watches.surplus();
        if (surplus != null) {
            forget(watches.of(surplus));
        }
    }

    private void forget(int row) {
        tables.agents().put(watches.agent(row), null);
        watches.forget(row);
    }
}
