package io.agentstation.store.desired;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Store;
import java.util.Optional;
import java.util.UUID;

/** Table {@code agent_desired}: advanced only by compare-and-set; what is decided for good is read at SERIAL. */
public final class DesiredAgents {

    private static final String INSERT = """
            INSERT INTO agent_desired
              (partition, agent_id, applied_offset, generation, phase, spec, command_id, operation, reason,
               restart_generation)
            VALUES
              (:partition, :agent_id, :applied_offset, :generation, :phase, :spec, :command_id, :operation, :reason,
               :restart_generation)
            IF NOT EXISTS""";
    private static final String ADVANCE = """
            UPDATE agent_desired
            SET applied_offset = :applied_offset, generation = :generation, phase = :phase, spec = :spec,
                command_id = :command_id, operation = :operation, reason = :reason,
                restart_generation = :restart_generation
            WHERE partition = :partition AND agent_id = :agent_id
            IF applied_offset = :read_offset AND generation = :read_generation AND phase = :read_phase""";

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement advance;
    private final PreparedStatement find;
    private final PreparedStatement inPartition;
    private final PaxosTurns turns = new PaxosTurns();

    public DesiredAgents(Store store) {
        this.store = store;
        this.insert = store.prepare(INSERT);
        this.advance = store.prepare(ADVANCE);
        this.find = store.prepare("SELECT * FROM agent_desired WHERE partition = :partition AND agent_id = :agent_id");
        this.inPartition = store.prepare("SELECT * FROM agent_desired WHERE partition = :partition");
    }

    /** The row, every write in flight decided; waits. */
    public Optional<DesiredAgent> find(int partition, AgentId agent) {
        BoundStatement bound = find.bind().setInt("partition", partition).setUuid("agent_id", agent.value());
        return turns.of(
                partition,
                () -> Optional.ofNullable(store.executeSerial(bound).one()).map(DesiredAgents::read));
    }

    /**
     * The row as a quorum of this datacenter has it, which costs a fraction of {@link #find}; waits. May be an earlier row, or none:
     * a write in flight is not decided, and one that another datacenter has decided need not be here. For an {@link #advance}, which is
     * refused then, and for acts that are verified by {@link #find}.
     */
    public Optional<DesiredAgent> glance(int partition, AgentId agent) {
        Row row = store.execute(find.bind()
                        .setInt("partition", partition)
                        .setUuid("agent_id", agent.value())
                        .setIdempotent(true))
                .one();
        return Optional.ofNullable(row).map(DesiredAgents::read);
    }

    /** Every agent of a partition, page by page as the iteration goes. */
    public Iterable<DesiredAgent> inPartition(int partition) {
        return store.rows(inPartition.bind().setInt("partition", partition).setIdempotent(true), DesiredAgents::read);
    }

    /** Writes the first row of an agent; false when there is one already that is not this. */
    public boolean insert(DesiredAgent first) {
        BoundStatement bound = bind(insert.bind(), first);
        return turns.of(first.partition(), () -> store.compareAndSet(bound, () -> holds(first)) || holds(first));
    }

    /**
     * Replaces the row as read by the next; false when it is no longer as read: another task has acted. A row that says REMOVED
     * has the offset and the generation of the one before it, so that the phase is compared as well.
     */
    public boolean advance(DesiredAgent read, DesiredAgent next) {
        BoundStatement bound = bind(advance.bind(), next)
                .setLong("read_offset", read.appliedOffset())
                .setLong("read_generation", read.generation())
                .setString("read_phase", read.phase().name());
        return turns.of(next.partition(), () -> store.compareAndSet(bound, () -> holds(next)));
    }

    private boolean holds(DesiredAgent wanted) {
        return find(wanted.partition(), wanted.agentId()).filter(wanted::equals).isPresent();
    }

    private static BoundStatement bind(BoundStatement statement, DesiredAgent agent) {
        return statement
                .setInt("partition", agent.partition())
                .setUuid("agent_id", agent.agentId().value())
                .setLong("applied_offset", agent.appliedOffset())
                .setLong("generation", agent.generation())
                .setString("phase", agent.phase().name())
                .setString("spec", Wire.writeText(agent.spec()))
                .setUuid("command_id", agent.commandId().value())
                .setString("operation", agent.operation().name())
                .setString("reason", agent.reason())
                .setLong("restart_generation", agent.restartGeneration());
    }

    private static DesiredAgent read(Row row) {
        return new DesiredAgent(
                row.getInt("partition"),
                new AgentId(row.get("agent_id", UUID.class)),
                row.getLong("applied_offset"),
                row.getLong("generation"),
                Phase.valueOf(row.get("phase", String.class)),
                Wire.readText(row.get("spec", String.class), AgentSpec.class),
                new CommandId(row.get("command_id", UUID.class)),
                Operation.valueOf(row.get("operation", String.class)),
                row.getString("reason"),
                row.getLong("restart_generation"));
    }
}
