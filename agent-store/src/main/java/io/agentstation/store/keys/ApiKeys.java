package io.agentstation.store.keys;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Table {@code api_keys}. */
public final class ApiKeys {

    private static final String INSERT = """
            INSERT INTO api_keys (key_id, secret_hash, workspace, role, tier, owner, name, created_at, expires_at)
            VALUES (:key_id, :secret_hash, :workspace, :role, :tier, :owner, :name, :created_at, :expires_at)""";

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement find;

    public ApiKeys(Store store) {
        this.store = store;
        this.insert = store.prepare(INSERT);
        this.find = store.prepare("SELECT * FROM api_keys WHERE key_id = :key_id");
    }

    /** Stores a key; repeating it with the same id replaces it. Waits. */
    public void insert(StoredKey key) {
        store.execute(insert.bind()
                .setString("key_id", key.keyId())
                .setString("secret_hash", key.secretHash())
                .setString("workspace", key.workspace().value())
                .setString("role", key.role())
                .setString("tier", key.tier())
                .setUuid("owner", key.owner())
                .setString("name", key.name())
                .setInstant("created_at", key.createdAt())
                .setInstant("expires_at", key.expiresAt())
                .setIdempotent(true));
    }

    /** The key with this public id, live or not; waits. */
    public Optional<StoredKey> find(String keyId) {
        Row row = store.execute(find.bind().setString("key_id", keyId).setIdempotent(true))
                .one();
        return Optional.ofNullable(row).map(ApiKeys::read);
    }

    private static StoredKey read(Row row) {
        return new StoredKey(
                row.get("key_id", String.class),
                row.get("secret_hash", String.class),
                WorkspaceId.of(row.get("workspace", String.class)),
                row.get("role", String.class),
                row.get("tier", String.class),
                row.get("owner", UUID.class),
                row.get("name", String.class),
                row.get("created_at", Instant.class),
                row.getInstant("expires_at"),
                row.getInstant("revoked_at"));
    }
}
