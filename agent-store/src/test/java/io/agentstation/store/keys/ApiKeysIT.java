package io.agentstation.store.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeysIT {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ApiKeys keys = new ApiKeys(TestStore.get());
    private final String keyId = TestIds.name("key");

    @Test
    void aKeyIsFoundAsStored() {
        StoredKey key = key("admin", NOON.plusSeconds(60));

        keys.insert(key);

        assertThat(keys.find(keyId)).contains(key);
    }

    @Test
    void theSameIdAgainReplacesTheKey() {
        keys.insert(key("admin", NOON));

        keys.insert(key("viewer", null));

        assertThat(keys.find(keyId)).contains(key("viewer", null));
    }

    @Test
    void anUnknownKeyIsNotFound() {
        assertThat(keys.find(keyId)).isEmpty();
    }

    private StoredKey key(String role, @Nullable Instant expiresAt) {
        return new StoredKey(
                keyId, "00ff", WorkspaceId.of("default"), role, "free", new UUID(1, 2), "a key", NOON, expiresAt, null);
    }
}
