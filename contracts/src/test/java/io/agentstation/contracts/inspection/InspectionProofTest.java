package io.agentstation.contracts.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionProofTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:45.250Z");
    private static final String TARGET = "/agents/0190a5c0-0000-7000-8000-000000000001/logs?lines=5";
    private static final StationKey KEY = key(1);

    @Test
    void itIsGoodForAMinuteBothWays() {
        String proof = InspectionProof.of(KEY, TARGET, NOW);

        assertThat(InspectionProof.isValid(KEY, TARGET, proof, NOW)).isTrue();
        assertThat(InspectionProof.isValid(KEY, TARGET, proof, NOW.plusSeconds(59)))
                .isTrue();
        assertThat(InspectionProof.isValid(KEY, TARGET, proof, NOW.minusSeconds(60)))
                .isTrue();
        assertThat(InspectionProof.isValid(KEY, TARGET, proof, NOW.plusSeconds(61)))
                .isFalse();
        assertThat(InspectionProof.isValid(KEY, TARGET, proof, NOW.minusSeconds(62)))
                .isFalse();
    }

    @Test
    void itIsGoodForItsTargetItsTimeAndItsStationOnly() {
        String proof = InspectionProof.of(KEY, TARGET, NOW);
        String later = NOW.plusSeconds(30).getEpochSecond() + proof.substring(proof.indexOf('.'));

        assertThat(InspectionProof.isValid(KEY, TARGET + "0", proof, NOW)).isFalse();
        assertThat(InspectionProof.isValid(KEY, TARGET, later, NOW)).isFalse();
        assertThat(InspectionProof.isValid(key(2), TARGET, proof, NOW)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", ".", "1", "1.", "x.y", "99999999999999999999.AAAA", "1764000000.AAAA", "1764000000.????"})
    void anythingElseIsNone(String value) {
        assertThat(InspectionProof.isValid(KEY, TARGET, value, NOW)).isFalse();
    }

    private static StationKey key(int seed) {
        byte[] secret = new byte[StationKey.LENGTH];
        secret[0] = (byte) seed;
        return StationKey.parse(StationKey.format(secret));
    }
}
