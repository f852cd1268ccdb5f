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
    private final WorkspaceId workspace = WorkspaceId.of(TestIds.name("w"));

    @Test
    void aKeyIsFoundAsStored() {
        StoredKey key = key(Role.ADMIN, NOON.plusSeconds(60));

        assertThat(keys.insert(key)).isTrue();

        assertThat(keys.find(keyId)).contains(key);
        assertThat(keys.current(keyId)).contains(key);
    }

    @Test
    void theSameIdAgainChangesNothing() {
        keys.insert(key(Role.VIEWER, NOON));

        assertThat(keys.insert(key(Role.ADMIN, null))).isFalse();

        assertThat(keys.find(keyId)).contains(key(Role.VIEWER, NOON));
    }

    @Test
    void aWorkspacesKeysAreListedAndNoOthers() {
        StoredKey key = key(Role.VIEWER, null);
        keys.insert(key);

        assertThat(keys.of(workspace)).containsExactly(key);
        assertThat(keys.of(WorkspaceId.of(TestIds.name("other")))).isEmpty();
    }

    @Test
    void aRotationLeavesTheFormerSecretOpenAndTheOneBeforeThatIsGone() {
        StoredKey key = key(Role.VIEWER, null);
        keys.insert(key);

        assertThat(keys.rotate(key, "01", NOON)).isTrue();
        StoredKey once = keys.find(keyId).orElseThrow();
        assertThat(once.secrets()).isEqualTo(new KeySecrets("01", "00ff", NOON));
        assertThat(keys.rotate(once, "02", NOON.plusSeconds(1))).isTrue();

        assertThat(keys.find(keyId).orElseThrow().secrets()).isEqualTo(new KeySecrets("02", "01", NOON.plusSeconds(1)));
        assertThat(keys.rotate(once, "03", NOON))
                .as("a rotation of what is gone")
                .isFalse();
    }

    @Test
    void aRevokedKeyIsNeitherChangedNorRotatedNorRevokedAgain() {
        StoredKey key = key(Role.VIEWER, null);
        keys.insert(key);

        assertThat(keys.revoke(key, NOON)).isTrue();

        assertThat(keys.revoke(key, NOON.plusSeconds(1))).isFalse();
        assertThat(keys.change(key, "another", null)).isFalse();
        assertThat(keys.rotate(key, "01", NOON)).isFalse();
        assertThat(keys.find(keyId).orElseThrow().revokedAt()).isEqualTo(NOON);
        assertThat(keys.find(keyId).orElseThrow().name()).isEqualTo("a key");
    }

    @Test
    void whatIsNotThereIsNotMadeByAChange() {
        StoredKey never = key(Role.VIEWER, null);

        assertThat(keys.revoke(never, NOON)).isFalse();
        assertThat(keys.change(never, "name", NOON)).isFalse();
        assertThat(keys.rotate(never, "01", NOON)).isFalse();

        assertThat(keys.find(keyId)).isEmpty();
    }

    @Test
    void aKeysNameAndEndCanBeChanged() {
        StoredKey key = key(Role.VIEWER, null);
        keys.insert(key);

        assertThat(keys.change(key, "another", NOON)).isTrue();

        StoredKey changed = keys.find(keyId).orElseThrow();
        assertThat(changed.name()).isEqualTo("another");
        assertThat(changed.expiresAt()).isEqualTo(NOON);
    }

    @Test
    void anUnknownKeyIsNotFound() {
        assertThat(keys.find(keyId)).isEmpty();
    }

    private StoredKey key(Role role, @Nullable Instant expiresAt) {
        return new StoredKey(
                keyId,
                KeySecrets.of("00ff"),
                Grant.of(workspace, role, Tier.FREE),
                new UUID(1, 2),
                "a key",
                NOON,
                expiresAt,
                null);
    }
}
