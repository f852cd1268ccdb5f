package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes what the codec writes, and nothing that the codec would refuse or read differently. */
class HeartbeatScannerTest {

    private static final UUID AGENT = UUID.fromString("019ac0de-89ab-7cde-8f01-23456789abcd");
    private static final HeartbeatMode[] MODES = HeartbeatMode.values();
    private static final String USUAL = "{\"mode\":\"IDLE\",\"uptime_seconds\":12.5}";

    private final HeartbeatScanner scanner = new HeartbeatScanner();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 12.25, 59.999, 86_400, 9_999_999, 1e7, 31_536_000.125, 1.5e12})
    void readsWhatTheCodecWrites(double uptime) {
        for (HeartbeatMode mode : HeartbeatMode.values()) {
            assertThat(scanner.reads(bytes(AGENT.toString()), Wire.write(new Heartbeat(mode, uptime))))
                    .isTrue();
            assertThat(scanner.mode()).isEqualTo(mode);
            assertThat(new UUID(scanner.high(), scanner.low())).isEqualTo(AGENT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "019ac0de-89ab-7cde-8f01-23456789abc",
                "019ac0de-89ab-7cde-8f01-23456789abcde",
                "019AC0DE-89AB-7CDE-8F01-23456789ABCD",
                "019ac0de089ab-7cde-8f01-23456789abcd",
                "019ac0de-89ab-7cde-8f01-23456789abcg"
            })
    void leavesOtherKeysAlone(String key) {
        assertThat(scanner.reads(bytes(key), bytes(USUAL))).isFalse();
        assertThat(scanner.reads(null, bytes(USUAL))).isFalse();
        assertThat(scanner.reads(bytes(AGENT.toString()), null)).isFalse();
    }

    // Each usual heartbeat with a byte changed, dropped or doubled: a scanner that takes it agrees with the codec.
    @Test
    void takesNothingThatTheCodecWouldReadDifferently() {
        SplittableRandom random = new SplittableRandom(20_261_126);
        int taken = 0;
        for (int round = 0; round < 200_000; round++) {
            HeartbeatMode mode = MODES[random.nextInt(MODES.length)];
            byte[] value = mutated(Wire.write(new Heartbeat(mode, random.nextLong(1_000_000) / 8.0)), random);
            if (scanner.reads(bytes(AGENT.toString()), value)) {
                taken++;
                assertThat(read(value))
                        .as(new String(value, StandardCharsets.ISO_8859_1))
                        .isEqualTo(scanner.mode());
            }
        }
        assertThat(taken).isGreaterThan(10_000);
    }

    private static HeartbeatMode read(byte[] value) {
        try {
            return Wire.read(value, Heartbeat.class).mode();
        } catch (MalformedMessage e) {
            throw new AssertionError("the codec refuses it", e);
        }
    }

    private static byte[] mutated(byte[] usual, SplittableRandom random) {
        String text = new String(usual, StandardCharsets.ISO_8859_1);
        int at = random.nextInt(text.length());
        String likely = "0123456789.eE+-{}\",:IDLE \\";
        return switch (random.nextInt(3)) {
            case 0 ->
                bytes(text.substring(0, at) + likely.charAt(random.nextInt(likely.length())) + text.substring(at + 1));
            case 1 -> bytes(text.substring(0, at) + text.substring(at + 1));
            default ->
                bytes(text.substring(0, at) + likely.charAt(random.nextInt(likely.length())) + text.substring(at));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
