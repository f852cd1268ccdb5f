package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.ticks.StallTracker;
import io.agentstation.liveness.watch.WatchTable;

/**
 * Decides for the agents of one partition. Facts change states at once; absence is decided only while a tick is
 * processed, when every heartbeat appended before it has been seen, whatever the lag (design section 4).
 *
 * <p>Its memory is rebuilt from the tables, and firing depends only on deadline and tick, so a restart changes no
 * decision. All times are log-append times, epoch milliseconds. Not thread-safe.
 */
public final class PartitionDetector {

    private final int partition;
    private final Tables tables;
    private final Outbox outbox;
    private final StallTracker stalls;
    private final FleetTally fleet;
    private final WatchList watches;
    private final KnownAgents agents;
    private final DueAgents due;
    private long reportedMs;

    /** Continues from the tables. */
    public PartitionDetector(int partition, Criteria criteria, Tables tables, Outbox outbox) {
        this.partition = partition;
        OnUnhealthy onUnhealthy = new OnUnhealthy(criteria);
        this.tables = tables;
        this.outbox = outbox;
        this.stalls = new StallTracker(criteria.settings().stallRule());
        this.fleet = new FleetTally(partition, tables.fleet());
        tables.gateways().forEach(stalls::restore);
        tables.clock().forEach((key, clock) -> stalls.restore(clock));
        this.watches = new WatchList(criteria, onUnhealthy, stalls, tables.watches());
        this.agents = new KnownAgents(tables.agents(), watches, fleet, outbox);
        this.due = new DueAgents(criteria, onUnhealthy, agents, watches, outbox);
    }

    /** A command was read, with its offset in the topic. */
    public void command(AgentCommand command, long offset, long atMs) {
        agents.learn(watches.of(command.agentId()), atMs, facts -> facts.observe(command, offset, atMs));
    }

    /** An observation was read. Changes of replicas and conditions are no facts of the lifecycle. */
    public void observation(Observation observation, long atMs) {
        if (!(observation instanceof Observation.StatusChanged)) {
            agents.learn(watches.of(observation.agentId()), atMs, facts -> facts.observe(observation));
        }
    }

    /** A heartbeat was read. */
    public void heartbeat(AgentId agent, Heartbeat heartbeat, long atMs) {
        int row = watches.of(agent);
        if (!isPassedOver(row, heartbeat.mode(), atMs)) {
            agents.learn(row, atMs, facts -> {
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
                due.decide(stalls.clock());
            }
        }
        return accepted;
    }

    /** Whether the tables lack something that memory holds. */
    public boolean hasUnwritten() {
        return watches.hasUnwritten() || fleet.hasUnwritten();
    }

    /** Brings the tables up to date; has to be called before what was read is committed as read. */
    public void writeTables() {
        watches.write();
        fleet.write();
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
}
