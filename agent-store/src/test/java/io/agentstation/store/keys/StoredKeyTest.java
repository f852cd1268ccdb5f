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

    @Test
    void afterARotationTwoSecretsOpenUntilTheTimeThatItSet() {
        KeySecrets rotated = new KeySecrets("new", "old", NOON);

        assertThat(rotated.open(NOON.minusMillis(1))).containsExactly("new", "old");
        assertThat(rotated.open(NOON)).containsExactly("new");
        assertThat(KeySecrets.of("only").open(NOON)).containsExactly("only");
    }

    @Test
    void aKeyThatAnEarlierVersionStoredForTheStationIsAnAdminsWithTheStationScope() {
        Grant read = Grant.read(WorkspaceId.of("default"), "station", false, "unlimited");

        assertThat(read).isEqualTo(Grant.ofTheStation(WorkspaceId.of("default")));
    }

    @Test
    void aGrantCoversNoneThatHasMoreInAnyWay() {
        WorkspaceId own = WorkspaceId.of("own");
        Grant admin = Grant.of(own, Role.ADMIN, Tier.PRO);

        assertThat(admin.covers(admin)).isTrue();
        assertThat(admin.covers(Grant.of(own, Role.VIEWER, Tier.FREE))).isTrue();
        assertThat(admin.covers(Grant.of(own, Role.ADMIN, Tier.ENTERPRISE))).isFalse();
        assertThat(admin.covers(Grant.of(WorkspaceId.of("other"), Role.VIEWER, Tier.FREE)))
                .isFalse();
        assertThat(admin.covers(new Grant(own, Role.VIEWER, true, Tier.FREE))).isFalse();
        assertThat(Grant.of(own, Role.MEMBER, Tier.PRO).covers(admin)).isFalse();
        assertThat(Grant.ofTheStation(own).covers(new Grant(WorkspaceId.of("other"), Role.ADMIN, true, Tier.UNLIMITED)))
                .isTrue();
    }

    private static StoredKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new StoredKey(
                "id",
                KeySecrets.of("00ff"),
                Grant.of(WorkspaceId.of("default"), Role.ADMIN, Tier.FREE),
                new UUID(1, 2),
                "a key",
                NOON,
                expiresAt,
                revokedAt);
    }
}
