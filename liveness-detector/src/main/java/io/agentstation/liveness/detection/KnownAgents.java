package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.facts.AgentFacts;
import io.agentstation.liveness.facts.DueEvents;
import io.agentstation.liveness.facts.Standing;
import io.agentstation.liveness.facts.Vitals;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The facts of a partition's agents; whatever changes them is told, counted, watched and stored together. */
final class KnownAgents {

    private final Table<AgentId, AgentFacts> table;
    private final WatchList watches;
    private final FleetTally fleet;
    private final Outbox outbox;

    KnownAgents(Table<AgentId, AgentFacts> table, WatchList watches, FleetTally fleet, Outbox outbox) {
        this.table = table;
        this.watches = watches;
        this.fleet = fleet;
        this.outbox = outbox;
    }

    /** The facts of the row's agent, or null. */
    @Nullable
    AgentFacts facts(int row) {
        return table.get(watches.agent(row));
    }

    /** Adds a fact, and tells what follows from it. */
    void learn(int row, long atMs, Consumer<AgentFacts> fact) {
        if (watches.isTerminal(row)) {
            return;
        }
        AgentFacts known = facts(row);
        AgentFacts facts = known == null ? new AgentFacts(watches.agent(row), atMs) : known;
        Optional<Standing> before = standing(facts, row);
        fact.accept(facts);
        DueEvents.tell(facts, watches.last(row), atMs).forEach(outbox::event);
        settle(row, facts, before, atMs);
    }

    /** What the agent counts as now. */
    Optional<Standing> standing(AgentFacts facts, int row) {
        return new Vitals(facts, watches.last(row)).standing();
    }

    /** Stores facts that have changed, of an agent that counted as this before. */
    void settle(int row, AgentFacts changed, Optional<Standing> before, long atMs) {
        AgentFacts facts = changed.isTerminal() ? changed.tombstone(atMs) : changed;
        if (facts.isTerminal()) {
            watches.unheard(row);
        }
        table.put(facts.agentId(), facts);
        fleet.move(before, standing(facts, row));
        watches.refresh(facts, row);
        AgentId surplus = watches.surplus();
        if (surplus != null) {
            forget(watches.of(surplus));
        }
    }

    void forget(int row) {
        table.put(watches.agent(row), null);
        watches.forget(row);
    }
}
