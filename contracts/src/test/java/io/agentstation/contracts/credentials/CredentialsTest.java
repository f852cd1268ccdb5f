package io.agentstation.contracts.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
    private static final AgentId OTHER = AgentId.of("0190a5c0-0000-7000-8000-000000000002");
    private static final StationKey KEY = key((byte) 1);

    @Test
    void aTokenNamesItsAgent() {
        String token = AgentToken.of(KEY, AGENT);

        assertThat(token).matches("agt_[0-9a-f]{8}_" + AGENT + "_[0-9A-Za-z]{43}");
        assertThat(AgentToken.looksLike(token)).isTrue();
        assertThat(AgentToken.of(KEY, AGENT)).isEqualTo(token);
        assertThat(AgentToken.verify(KEY, token)).contains(AGENT);
    }

    @Test
    void everyTamperedCharacterIsNoticed() {
        String token = AgentToken.of(KEY, AGENT);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String tampered = token.substring(0, i) + other + token.substring(i + 1);

            assertThat(AgentToken.verify(KEY, tampered)).as("character %d", i).isEmpty();
        }
    }

    @Test
    void aTokenOfAnotherAgentOrStationIsRefused() {
        String token = AgentToken.of(KEY, AGENT);

        assertThat(AgentToken.verify(key((byte) 2), token)).isEmpty();
        assertThat(AgentToken.verify(KEY, token.replace(AGENT.toString(), OTHER.toString())))
                .isEmpty();
        assertThat(AgentToken.of(key((byte) 2), AGENT)).isNotEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "agt_", "agt___", "agt_x_y_z", "ast_0_1_2", "agt_a_b_c_d"})
    void whatIsNoTokenIsRefused(String credential) {
        assertThat(AgentToken.verify(KEY, credential)).isEmpty();
    }

    @Test
    void aStationKeyIsNeverPrinted() {
        byte[] secret = new byte[StationKey.LENGTH];
        Arrays.fill(secret, (byte) 1);

        assertThat(KEY.toString())
                .isEqualTo("StationKey[" + KEY.id() + "]")
                .doesNotContain(StationKey.format(secret), HexFormat.of().formatHex(secret));
        assertThat(KEY.id()).hasSize(8);
    }

    @Test
    void aKeyFileThatIsNoneIsRefusedWithoutRepeatingIt() {
        String tooShort = Base64.getEncoder().encodeToString(new byte[] {9, 9, 9});

        assertThatThrownBy(() -> StationKey.parse(tooShort))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(tooShort);
        assertThatThrownBy(() -> StationKey.parse("not base64!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAreSeparateByPurpose() {
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        byte[] code = KEY.mac("tick", message);

        assertThat(KEY.verify("tick", message, code)).isTrue();
        assertThat(KEY.verify("agent-token", message, code)).isFalse();
        assertThat(KEY.verify("tick", "massage".getBytes(StandardCharsets.UTF_8), code))
                .isFalse();
        assertThat(KEY.verify("tick", message, new byte[0])).isFalse();
        assertThat(KEY.derive("tick")).hasSize(32).isNotEqualTo(KEY.derive("agent-token"));
    }

    @Test
    void base62HasOneLengthPerByteCount() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);

        assertThat(Base62.encode(new byte[32])).hasSize(43).matches("0+");
        assertThat(Base62.encode(ones)).hasSize(43);
        assertThat(Base62.encode(new byte[] {61})).isEqualTo("0z");
    }

    private static StationKey key(byte fill) {
        byte[] secret = new byte[StationKey.LENGTH];
        Arrays.fill(secret, fill);
        return StationKey.parse(StationKey.format(secret) + "\n");
    }
}
