package io.agentstation.store.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredKeyTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aKeyLivesUntilItExpiresOrIsRevoked() {
        assertThat(key(null, null).isLive(NOON)).isTrue();
        assertThat(key(NOON.plusMillis(1), null).isLive(NOON)).isTrue();
        assertThat(key(NOON, null).isLive(NOON)).isFalse();
        assertThat(key(null, NOON.plusMillis(1)).isLive(NOON)).isTrue();
        assertThat(key(null, NOON).isLive(NOON)).isFalse();
        assertThat(key(NOON.plusSeconds(9), NOON.minusSeconds(9)).isLive(NOON)).isFalse();
    }

    private static StoredKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new StoredKey(
                "id",
                "00ff",
                WorkspaceId.of("default"),
                "admin",
                "free",
                new UUID(1, 2),
                "a key",
                NOON,
                expiresAt,
                revokedAt);
    }
}
