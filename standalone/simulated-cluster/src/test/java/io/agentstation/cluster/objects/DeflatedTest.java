package io.agentstation.cluster.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeflatedTest {

    @Test
    void anyBytesComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int length : new int[] {0, 1, 63, 64, 1_000, 100_000, 2_000_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);

            assertThat(Deflated.of(bytes).bytes())
                    .as("seed %s, %s bytes", seed, length)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void textComesBackAndMayBeAskedForAgain() {
        byte[] text = "{\"f:metadata\":{\"f:labels\":{\"f:agentstation.io/agent\":{}}}}"
                .repeat(50)
                .getBytes(UTF_8);
        Deflated deflated = Deflated.of(text);

        deflated.bytes()[0] = 'x';

        assertThat(deflated.bytes()).isEqualTo(text);
    }
}
