package io.agentstation.provisioner.testing;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.store.desired.DesiredAgent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store in memory; {@link #beforeNextWrite} lets another worker act in between. */
public final class FakeRecords implements AgentRecords {

    public final Map<AgentId, DesiredAgent> rows = new HashMap<>();
    public final Map<String, AgentId> names = new HashMap<>();
    public final Map<AgentId, Map<String, String>> environments = new HashMap<>();

    /** What reads of a row show instead of the row, when not null: a reader that is blind for what others do. */
    public @Nullable DesiredAgent frozen;

    /** What glances show of a row. */
    public UnaryOperator<Optional<DesiredAgent>> glance = row -> row;

    /** How often a row was read, at SERIAL and otherwise, and a name confirmed. */
    public int reads;

    public int glances;

    public int confirmations;

    private Runnable interference = () -> {};

    /** Runs once, just before the next write looks at the row. */
    public void beforeNextWrite(Runnable other) {
        interference = other;
    }

    /** The row, which must be there. */
    public DesiredAgent row(AgentId agent) {
        return find(0, agent).orElseThrow();
    }

    @Override
    public Optional<DesiredAgent> find(int partition, AgentId agent) {
        reads++;
        return Optional.ofNullable(frozen != null ? frozen : rows.get(agent));
    }

    @Override
    public Optional<DesiredAgent> glance(int partition, AgentId agent) {
        glances++;
        return glance.apply(Optional.ofNullable(frozen != null ? frozen : rows.get(agent)));
    }

    @Override
    public boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
        Runnable other = interference;
        interference = () -> {};
        other.run();
        if (!Optional.ofNullable(rows.get(next.agentId())).equals(read)) {
            return false;
        }
        rows.put(next.agentId(), next);
        return true;
    }

    @Override
    public Iterable<DesiredAgent> inPartition(int partition) {
        return List.copyOf(rows.values());
    }

    @Override
    public boolean confirmName(DesiredAgent agent) {
        confirmations++;
        names.putIfAbsent(agent.spec().name(), agent.agentId());
        return ownsName(agent);
    }

    @Override
    public boolean ownsName(DesiredAgent agent) {
        return agent.agentId().equals(names.get(agent.spec().name()));
    }

    @Override
    public Map<String, String> environment(DesiredAgent agent) {
        return environments.getOrDefault(agent.agentId(), Map.of());
    }

    @Override
    public void release(DesiredAgent agent) {
        names.remove(agent.spec().name(), agent.agentId());
        environments.remove(agent.agentId());
    }
}
