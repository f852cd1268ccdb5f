package io.agentstation.store.agents;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Store;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code agents}, to read, with one request an agent; written by {@link AgentProjections} only. Whoever shows an agent
 * asks {@link LatestReports} besides.
 */
public final class Agents {

    private final Store store;
    private final PreparedStatement find;

    public Agents(Store store) {
        this.store = store;
        this.find = store.prepare("SELECT * FROM agents WHERE agent_id = :agent_id");
    }

    /** The agent, if its specification is known; waits. */
    public Optional<AgentRow> find(AgentId agent) {
        return read(store.execute(bind(agent)).one());
    }

    /** The agent, if its specification is known. */
    public CompletionStage<Optional<AgentRow>> findAsync(AgentId agent) {
        return store.executeAsync(bind(agent)).thenApply(rows -> read(rows.one()));
    }

    private BoundStatement bind(AgentId agent) {
        return find.bind().setUuid("agent_id", agent.value()).setIdempotent(true);
    }

    private static Optional<AgentRow> read(@Nullable Row row) {
        String spec = row == null ? null : row.getString("spec");
        if (row == null || spec == null) {
            return Optional.empty();
        }
        String state = row.getString("state");
        String health = row.getString("health");
        String status = row.getString("kubernetes_status");
        String mode = row.getString("last_heartbeat_mode");
        return Optional.of(new AgentRow(
                new AgentId(row.get("agent_id", java.util.UUID.class)),
                Wire.readText(spec, AgentSpec.class),
                state == null ? AgentState.NEW : AgentState.valueOf(state),
                health == null ? Health.UNKNOWN : Health.of(health),
                row.getLong("sequence"),
                row.getInstant("unhealthy_since"),
                row.getInstant("provisioned_at"),
                row.getInstant("activated_at"),
                row.getInstant("terminated_at"),
                row.getString("desired"),
                status == null ? null : Wire.readText(status, DeploymentStatus.class),
                row.getString("why"),
                row.getInstant("last_heartbeat_at"),
                mode == null ? null : HeartbeatMode.valueOf(mode),
                null));
    }
}
