package io.agentstation.store.keys;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code api_keys}: only written conditionally, so that no late write opens a key that was revoked. All wait. */
public final class ApiKeys {

    private static final String INSERT = """
            INSERT INTO api_keys (key_id, secret_hash, workspace, role, station, tier, owner, name, created_at, expires_at)
            VALUES (:key_id, :secret_hash, :workspace, :role, :station, :tier, :owner, :name, :created_at, :expires_at)
            IF NOT EXISTS""";
    private static final String CHANGE = """
            UPDATE api_keys SET name = :name, expires_at = :expires_at
            WHERE key_id = :key_id IF workspace = :workspace AND revoked_at = null""";
    private static final String ROTATE = """
            UPDATE api_keys SET secret_hash = :secret_hash, previous_hash = :previous_hash, previous_until = :previous_until
            WHERE key_id = :key_id IF secret_hash = :previous_hash AND revoked_at = null""";
    private static final String REVOKE = """
            UPDATE api_keys SET revoked_at = :revoked_at
            WHERE key_id = :key_id IF workspace = :workspace AND revoked_at = null""";

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement change;
    private final PreparedStatement rotate;
    private final PreparedStatement revoke;
    private final PreparedStatement find;
    private final PreparedStatement list;

    public ApiKeys(Store store) {
        this.store = store;
        this.insert = store.prepare(INSERT);
        this.change = store.prepare(CHANGE);
        this.rotate = store.prepare(ROTATE);
        this.revoke = store.prepare(REVOKE);
        this.find = store.prepare("SELECT * FROM api_keys WHERE key_id = :key_id");
        this.list = store.prepare("SELECT * FROM api_keys WHERE workspace = :workspace");
    }

    /** Stores a key; false when there is one with its id already, which stays as it is. */
    public boolean insert(StoredKey key) {
        BoundStatement bound = insert.bind()
                .setString("key_id", key.keyId())
                .setString("secret_hash", key.secrets().current())
                .setString("workspace", key.grant().workspace().value())
                .setString("role", key.grant().role().word())
                .setBoolean("station", key.grant().station())
                .setString("tier", key.grant().tier().word())
                .setUuid("owner", key.owner())
                .setString("name", key.name())
                .setInstant("created_at", key.createdAt())
                .setInstant("expires_at", key.expiresAt());
        return store.compareAndSet(
                bound, () -> current(key.keyId()).filter(key::equals).isPresent());
    }

    /** Gives a key another name and end (null: none); false when it was revoked. */
    public boolean change(StoredKey key, String name, @Nullable Instant expiresAt) {
        BoundStatement bound = of(change, key)
                .setString("workspace", key.grant().workspace().value())
                .setString("name", name)
                .setInstant("expires_at", expiresAt);
        return store.compareAndSet(
                bound,
                () -> current(key.keyId())
                        .filter(now -> now.name().equals(name)
                                && Objects.equals(now.expiresAt(), expiresAt)
                                && now.revokedAt() == null)
                        .isPresent());
    }

    /**
     * Puts a secret before the one that is current, which goes on opening until then; one that an earlier rotation left open
     * closes at once, so that there are never more than two.
     *
     * @return false when another rotation, or a revocation, came between
     */
    public boolean rotate(StoredKey before, String secretHash, Instant bothUntil) {
        BoundStatement bound = of(rotate, before)
                .setString("secret_hash", secretHash)
                .setString("previous_hash", before.secrets().current())
                .setInstant("previous_until", bothUntil);
        return store.compareAndSet(
                bound,
                () -> current(before.keyId())
                        .filter(now -> now.secrets().current().equals(secretHash))
                        .isPresent());
    }

    /** Closes a key for good; false when that was done before. */
    public boolean revoke(StoredKey key, Instant at) {
        BoundStatement bound = of(revoke, key)
                .setString("workspace", key.grant().workspace().value())
                .setInstant("revoked_at", at);
        return store.compareAndSet(
                bound,
                () -> current(key.keyId())
                        .filter(now -> at.equals(now.revokedAt()))
                        .isPresent());
    }

    private static BoundStatement of(PreparedStatement statement, StoredKey key) {
        return statement.bind().setString("key_id", key.keyId());
    }

    /** The key with this public id, live or not. */
    public Optional<StoredKey> find(String keyId) {
        return read(store.execute(find.bind().setString("key_id", keyId).setIdempotent(true))
                .one());
    }

    /** The same, with every write in flight decided first. */
    public Optional<StoredKey> current(String keyId) {
        return read(store.executeSerial(find.bind().setString("key_id", keyId)).one());
    }

    /** All keys of a workspace, live or not, in no order. */
    public List<StoredKey> of(WorkspaceId workspace) {
        List<StoredKey> found = new ArrayList<>();
        store.rows(list.bind().setString("workspace", workspace.value()).setIdempotent(true), ApiKeys::key)
                .forEach(found::add);
        return found;
    }

    private static Optional<StoredKey> read(@Nullable Row row) {
        return Optional.ofNullable(row).map(ApiKeys::key);
    }

    private static StoredKey key(Row row) {
        return new StoredKey(
                row.get("key_id", String.class),
                new KeySecrets(
                        row.get("secret_hash", String.class),
                        row.getString("previous_hash"),
                        row.getInstant("previous_until")),
                Grant.read(
                        WorkspaceId.of(row.get("workspace", String.class)),
                        row.get("role", String.class),
                        row.getBoolean("station"),
                        row.get("tier", String.class)),
                row.get("owner", UUID.class),
                row.get("name", String.class),
                row.get("created_at", Instant.class),
                row.getInstant("expires_at"),
                row.getInstant("revoked_at"));
    }
}
