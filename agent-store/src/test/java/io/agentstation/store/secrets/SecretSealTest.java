package io.agentstation.store.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.fixtures.TestIds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSealTest {

    private static final String VALUE = "correct horse battery staple";

    private final AgentId agent = TestIds.agent();
    private final SecretSeal seal = new SecretSeal(key(1));

    @ParameterizedTest
    @ValueSource(strings = {VALUE, "", "zwölf Boxkämpfer \uD83D\uDD11"})
    void aSealedValueIsOpenedAsItWas(String value) {
        assertThat(seal.open(agent, "TOKEN", seal.seal(agent, "TOKEN", value))).isEqualTo(value);
    }

    @Test
    void theValueIsNotInTheBytesAndTheSameValueLooksDifferentEachTime() {
        byte[] once = seal.seal(agent, "TOKEN", VALUE);

        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain(VALUE, "horse");
        assertThat(seal.seal(agent, "TOKEN", VALUE)).isNotEqualTo(once);
    }

    @Test
    void aSealedValueOpensForItsAgentNameAndStationOnly() {
        byte[] sealed = seal.seal(agent, "TOKEN", VALUE);

        assertRefused(seal, TestIds.agent(), "TOKEN", sealed);
        assertRefused(seal, agent, "OTHER", sealed);
        assertRefused(new SecretSeal(key(2)), agent, "TOKEN", sealed);
    }

    @Test
    void aChangedByteIsNoticed() {
        byte[] sealed = seal.seal(agent, "TOKEN", VALUE);

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertRefused(seal, agent, "TOKEN", changed);
        }
    }

    @Test
    void tooFewBytesAreNoSealedValue() {
        assertRefused(seal, agent, "TOKEN", new byte[0]);
        assertRefused(seal, agent, "TOKEN", new byte[] {1});
        assertRefused(seal, agent, "TOKEN", new byte[13]);
    }

    private static void assertRefused(SecretSeal with, AgentId agent, String name, byte[] sealed) {
        assertThatThrownBy(() -> with.open(agent, name, sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(VALUE);
    }

    static StationKey key(int first) {
        byte[] secret = new byte[StationKey.LENGTH];
        secret[0] = (byte) first;
        return StationKey.parse(StationKey.format(secret));
    }
}
