package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.DueEvents;
import io.agentstation.liveness.facts.Standing;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.silence.StallTracker;
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

    private final LivenessSettings settings;
    private final Tables tables;
    private final Outbox outbox;
    private final StallTracker stalls;
    private final FleetTally fleet;
    private final WatchList watches;

    /** Continues from the tables. */
    public PartitionDetector(int partition, LivenessSettings settings, SilenceRule rule, Tables tables, Outbox outbox) {
        this.settings = settings;
        this.tables = tables;
        this.outbox = outbox;
        this.stalls = new StallTracker(settings);
        this.fleet = new FleetTally(partition, tables.fleet());
        this.watches = new WatchList(settings, rule, stalls);
        tables.gateways().forEach(stalls::restore);
        tables.clock().forEach((key, clock) -> stalls.restore(clock));
        tables.heartbeats().forEach((agent, last) -> watches.of(agent).last = last);
        tables.agents().forEach((agent, facts) -> watches.refresh(facts, watches.of(agent)));
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
        Watch watch = watches.of(agent);
        LastHeartbeat last = watch.last;
        if (watch.terminal || (last != null && atMs < last.atMs())) {
            return;
        }
        LastHeartbeat newest = new LastHeartbeat(heartbeat.mode(), atMs);
        if (watch.steady) {
            tables.heartbeats().put(agent, newest);
            watch.last = newest;
            watches.beat(watch);
        } else {
            learn(agent, atMs, facts -> {
                tables.heartbeats().put(agent, newest);
                watch.last = newest;
                facts.heard(heartbeat, atMs);
            });
        }
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
                decide();
            }
        }
        return accepted;
    }

    /** Writes the fleet counts that have changed since the last call. */
    public void writeFleet() {
        fleet.writeChanged(outbox);
    }

    private void decide() {
        long now = stalls.clock().nowMs();
        int unhealthy = 0;
        while (unhealthy < settings.maxUnhealthyPerTick()) {
            Watch due = watches.takeDueBefore(now);
            if (due == null) {
                return;
            }
            unhealthy += examine(due, now) ? 1 : 0;
        }
    }

    /** Returns whether the agent was called unhealthy. */
    private boolean examine(Watch watch, long now) {
        AgentFacts facts = tables.agents().get(watch.agent);
        if (facts == null || watches.isForgettable(facts, now)) {
            forget(watch.agent);
            return false;
        }
        LastHeartbeat last = watch.last;
        Optional<Standing> before = facts.standing(last);
        boolean silent = watches.isSilent(watch, now);
        if (silent && last != null) {
            outbox.event(DueEvents.tellSilence(facts, last, now, settings.intervalMs(last.mode())));
        }
        if (facts.drainDeadlineMs().filter(deadline -> deadline < now).isPresent()) {
            outbox.command(DrainTimeout.command(watch.agent, facts.drainTimedOut(), now));
        }
        settle(facts, watch, before, now);
        return silent;
    }

    private void learn(AgentId agent, long atMs, Consumer<AgentFacts> fact) {
        Watch watch = watches.of(agent);
        if (watch.terminal) {
            return;
        }
        AgentFacts known = tables.agents().get(agent);
        AgentFacts facts = known == null ? new AgentFacts(agent, atMs) : known;
        Optional<Standing> before = facts.standing(watch.last);
        fact.accept(facts);
        DueEvents.tell(facts, watch.last, atMs).forEach(outbox::event);
        settle(facts, watch, before, atMs);
    }

    private void settle(AgentFacts changed, Watch watch, Optional<Standing> before, long atMs) {
        AgentFacts facts = changed.isTerminal() ? changed.tombstone(atMs) : changed;
        if (facts.isTerminal() && watch.last != null) {
            tables.heartbeats().put(watch.agent, null);
            watch.last = null;
        }
        tables.agents().put(watch.agent, facts);
        fleet.move(before, facts.standing(watch.last));
        watches.refresh(facts, watch);
        AgentId surplus = watches.surplus();
        if (surplus != null) {
            forget(surplus);
        }
    }

    private void forget(AgentId agent) {
        tables.agents().put(agent, null);
        tables.heartbeats().put(agent, null);
        watches.forget(agent);
    }
}
