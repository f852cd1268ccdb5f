package io.agentstation.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ApiKeyTextTest {

    private static final StationKey STATION = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
    private static final StationKey OTHER = StationKey.parse(
            StationKey.format("another station, 32 bytes long..".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    private static final SecureRandom RANDOM = new SecureRandom();

    @RepeatedTest(50)
    void aFreshKeyCanBeReadAndIsScannable() {
        // When
        ApiKeyText key = ApiKeyText.fresh(RANDOM);

        // Then
        assertThat(key.text()).matches("sta_[0-9A-Za-z]{11}_[0-9A-Za-z]{39}");
        assertThat(ApiKeyText.parse(key.text())).contains(key);
    }

    @RepeatedTest(50)
    void oneWrongCharacterIsSeenWithoutALookUp() {
        // Given
        StringBuilder text = new StringBuilder(ApiKeyText.fresh(RANDOM).text());
        int at = 4 + RANDOM.nextInt(text.length() - 4);
        char wrong = text.charAt(at) == 'a' ? 'b' : 'a';
        text.setCharAt(at, wrong);

        // Then
        assertThat(ApiKeyText.parse(text.toString())).isEmpty();
    }

    @Test
    void onlyTheHashOfTheWholeKeyIsStored() {
        // When
        ApiKeyMint.Minted minted = new ApiKeyMint(STATION, InstantSource.fixed(Instant.EPOCH))
                .mint(Grant.of(WorkspaceId.of("w"), Role.ADMIN, Tier.PRO), "first");

        // Then
        ApiKeyText key = ApiKeyText.parse(minted.text()).orElseThrow();
        assertThat(minted.stored().keyId()).isEqualTo(key.keyId());
        assertThat(minted.stored().secrets().current()).matches("[0-9a-f]{64}");
        assertThat(key.hasHash(STATION, minted.stored().secrets().current())).isTrue();
        assertThat(key.hasHash(OTHER, minted.stored().secrets().current())).isFalse();
        assertThat(ApiKeyText.fresh(RANDOM)
                        .hasHash(STATION, minted.stored().secrets().current()))
                .isFalse();
        assertThat(minted.stored().createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(minted.toString() + key + minted.stored()).doesNotContain(minted.text());
    }
}
