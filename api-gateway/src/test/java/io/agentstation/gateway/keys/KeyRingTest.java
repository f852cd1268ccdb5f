package io.agentstation.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.KeySecrets;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.StoredKey;
import io.agentstation.store.keys.Tier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final StationKey STATION = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));

    private final Map<String, StoredKey> table = new HashMap<>();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private int reads;
    private final ApiKeyMint mint = new ApiKeyMint(STATION, () -> now);
    private final KeyRing ring = new KeyRing(STATION, this::read, () -> now, () -> now.toEpochMilli() * 1_000_000);

    @Test
    void aKeyIsReadOnceInThreeSecondsAndARevokedOneOpensNothingAfterThem() {
        ApiKeyMint.Minted minted = stored();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ring.find(minted.text())).isPresent();
        }
        assertThat(reads).isEqualTo(1);

        table.put(minted.stored().keyId(), revoked(minted.stored()));
        pass(Duration.ofSeconds(3));

        assertThat(ring.find(minted.text())).isEmpty();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotThereIsReadOnceInThreeSecondsToo() {
        ApiKeyText unknown = ApiKeyText.fresh(new SecureRandom());
        for (int i = 0; i < 1_000; i++) {
            assertThat(ring.find(unknown.text())).isEmpty();
        }

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void whatIsNoKeyAtAllIsNeverRead() {
        assertThat(ring.find("sta_AAAAAAAAAAA_" + "B".repeat(39))).isEmpty();
        assertThat(ring.find("")).isEmpty();

        assertThat(reads).isZero();
    }

    @Test
    void anotherSecretBehindTheSameIdOpensNothing() {
        ApiKeyMint.Minted minted = stored();

        assertThat(ring.find(
                        mint.remint(minted.stored().keyId(), UUID.randomUUID()).text()))
                .isEmpty();
    }

    @Test
    void afterARotationBothSecretsOpenUntilTheTimeThatItSet() {
        ApiKeyMint.Minted minted = stored();
        ApiKeyMint.Reminted second = mint.remint(minted.stored().keyId(), UUID.randomUUID());
        KeySecrets two = new KeySecrets(second.hash(), minted.stored().secrets().current(), now.plusSeconds(60));
        table.put(minted.stored().keyId(), withSecrets(minted.stored(), two));

        assertThat(ring.find(minted.text())).isPresent();
        assertThat(ring.find(second.text())).isPresent();

        pass(Duration.ofSeconds(60));

        assertThat(ring.find(minted.text())).isEmpty();
        assertThat(ring.find(second.text())).isPresent();
    }

    @Test
    void anAgentsTokenIsNeverReadAndAForgedOneOpensNothing() {
        AgentId agent = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
        String token = AgentToken.of(STATION, agent);

        assertThat(ring.find(token)).contains(new Caller.Agent(agent));
        assertThat(ring.find(token.replace("0001_", "0002_"))).isEmpty();
        assertThat(reads).isZero();
    }

    private ApiKeyMint.Minted stored() {
        ApiKeyMint.Minted minted = mint.mint(Grant.of(WorkspaceId.of("w"), Role.VIEWER, Tier.FREE), "test");
        table.put(minted.stored().keyId(), minted.stored());
        return minted;
    }

    private Optional<StoredKey> read(String keyId) {
        reads++;
        return Optional.ofNullable(table.get(keyId));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private StoredKey revoked(StoredKey key) {
        return new StoredKey(
                key.keyId(), key.secrets(), key.grant(), key.owner(), key.name(), key.createdAt(), null, now);
    }

    private static StoredKey withSecrets(StoredKey key, KeySecrets secrets) {
        return new StoredKey(key.keyId(), secrets, key.grant(), key.owner(), key.name(), key.createdAt(), null, null);
    }
}
