package io.agentstation.store.names;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreUnavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Table {@code command_keys}: which command a client's key led to, kept for a day. */
public final class CommandKeys {

    /** How long a key means the same command. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String INSERT = """
            INSERT INTO command_keys (workspace, key, request_hash, command_id, published)
            VALUES (:workspace, :key, :request_hash, :command_id, false)
            IF NOT EXISTS USING TTL :ttl""";

    // All columns anew: those that a conditional update does not name would expire before the one that it does.
    private static final String PUBLISHED = """
            UPDATE command_keys USING TTL :ttl
            SET request_hash = :request_hash, command_id = :command_id, published = true
            WHERE workspace = :workspace AND key = :key
            IF command_id = :command_id""";

    // A row that is there when it is inserted and gone when it is read has just expired.
    private static final int TRIES = 3;

    /**
     * What a key stands for.
     *
     * @param command     of the first request with this key
     * @param sameRequest whether this request is that one again
     * @param published   whether the command is known to be in the log
     */
    public record Claim(CommandId command, boolean sameRequest, boolean published) {}

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement published;
    private final PreparedStatement read;

    public CommandKeys(Store store) {
        this.store = store;
        this.insert = store.prepare(INSERT);
        this.published = store.prepare(PUBLISHED);
        this.read = store.prepare("SELECT request_hash, command_id, published FROM command_keys"
                + " WHERE workspace = :workspace AND key = :key");
    }

    /** Binds the key to this command and request, or finds what it is bound to already; waits. */
    public Claim claim(WorkspaceId workspace, String key, byte[] requestHash, CommandId fresh) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            boolean first = store.compareAndSet(
                    insert.bind()
                            .setString("workspace", workspace.value())
                            .setString("key", key)
                            .setByteBuffer("request_hash", ByteBuffer.wrap(requestHash))
                            .setUuid("command_id", fresh.value())
                            .setInt("ttl", Math.toIntExact(KEPT.toSeconds())),
                    () -> find(workspace, key, requestHash)
                            .filter(claim -> claim.command().equals(fresh))
                            .isPresent());
            Optional<Claim> claim =
                    first ? Optional.of(new Claim(fresh, true, false)) : find(workspace, key, requestHash);
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw new StoreUnavailable(
                "an idempotency key of workspace " + workspace + " cannot be bound",
                new IllegalStateException("its row vanished " + TRIES + " times"));
    }

    /** Remembers that the command is in the log: whoever comes with the key again need not publish it; waits. */
    public void published(WorkspaceId workspace, String key, byte[] requestHash, CommandId command) {
        boolean unused = store.compareAndSet(
                published
                        .bind()
                        .setString("workspace", workspace.value())
                        .setString("key", key)
                        .setByteBuffer("request_hash", ByteBuffer.wrap(requestHash))
                        .setUuid("command_id", command.value())
                        .setInt("ttl", Math.toIntExact(KEPT.toSeconds())),
                () -> find(workspace, key, requestHash)
                        .filter(claim -> claim.published() && claim.command().equals(command))
                        .isPresent());
    }

    private Optional<Claim> find(WorkspaceId workspace, String key, byte[] requestHash) {
        Row row = store.executeSerial(
                        read.bind().setString("workspace", workspace.value()).setString("key", key))
                .one();
        UUID command = row == null ? null : row.getUuid("command_id");
        ByteBuffer hash = row == null ? null : row.getByteBuffer("request_hash");
        if (row == null || command == null || hash == null) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                new CommandId(command), hash.equals(ByteBuffer.wrap(requestHash)), row.getBoolean("published")));
    }
}
