package io.agentstation.store.names;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Table {@code idempotency}: which agent a client's key made, kept as long as the agent's record. */
public final class IdempotencyKeys {

    /**
     * What a key stands for.
     *
     * @param agent       the agent of the first request with this key
     * @param sameRequest whether this request is that one again
     * @param first       whether this request is the first with the key
     */
    public record Claim(AgentId agent, boolean sameRequest, boolean first) {}

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement read;

    public IdempotencyKeys(Store store) {
        this.store = store;
        this.insert = store.prepare("INSERT INTO idempotency (workspace, key, request_hash, agent_id)"
                + " VALUES (:workspace, :key, :request_hash, :agent_id) IF NOT EXISTS");
        this.read = store.prepare(
                "SELECT request_hash, agent_id FROM idempotency WHERE workspace = :workspace AND key = :key");
    }

    /** Binds the key to this agent and request, or finds what it is bound to already. */
    public Claim claim(WorkspaceId workspace, String key, byte[] requestHash, AgentId fresh) {
        boolean first = store.compareAndSet(
                insert.bind()
                        .setString("workspace", workspace.value())
                        .setString("key", key)
                        .setByteBuffer("request_hash", ByteBuffer.wrap(requestHash))
                        .setUuid("agent_id", fresh.value()),
                () -> find(workspace, key, requestHash)
                        .filter(claim -> claim.agent().equals(fresh))
                        .isPresent());
        if (first) {
            return new Claim(fresh, true, true);
        }
        return find(workspace, key, requestHash)
                .orElseThrow(() -> new IllegalStateException("an idempotency key of workspace " + workspace
                        + " vanished: rows of this table are never deleted"));
    }

    private Optional<Claim> find(WorkspaceId workspace, String key, byte[] requestHash) {
        Row row = store.executeSerial(
                        read.bind().setString("workspace", workspace.value()).setString("key", key))
                .one();
        UUID agent = row == null ? null : row.getUuid("agent_id");
        ByteBuffer hash = row == null ? null : row.getByteBuffer("request_hash");
        if (agent == null || hash == null) {
            return Optional.empty();
        }
        return Optional.of(new Claim(new AgentId(agent), hash.equals(ByteBuffer.wrap(requestHash)), false));
    }
}
