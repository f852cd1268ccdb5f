package io.agentstation.cluster.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeflatedTest {

    @Test
    void anyBytesComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int length : new int[] {0, 1, 63, 64, 1_000, 100_000, 2_000_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);

            for (byte[] dictionary : List.of(new byte[0], "known".getBytes(UTF_8), bytes)) {
                assertThat(Deflated.of(bytes, dictionary).bytes())
                        .as("seed %s, %s bytes beside %s", seed, length, dictionary.length)
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void textComesBackAndMayBeAskedForAgain() {
        byte[] text = "{\"f:metadata\":{\"f:labels\":{\"f:agentstation.io/agent\":{}}}}"
                .repeat(50)
                .getBytes(UTF_8);
        Deflated deflated = Deflated.of(text, new byte[0]);

        deflated.bytes()[0] = 'x';

        assertThat(deflated.bytes()).isEqualTo(text);
    }

    @Test
    void whatStandsInTheDictionaryTakesLittle() {
        String form =
                "{\"kind\":\"Service\",\"metadata\":{\"name\":\"%s\",\"uid\":\"%s\"},\"spec\":{\"type\":\"ClusterIP\"}}";
        byte[] other = form.formatted("papers", UUID.randomUUID()).getBytes(UTF_8);
        byte[] text = form.formatted("letters", UUID.randomUUID()).getBytes(UTF_8);

        int alone = Deflated.of(text, new byte[0]).size();
        int beside = Deflated.of(text, other).size();

        assertThat(beside).isLessThan(alone / 2 + 1);
    }
}
