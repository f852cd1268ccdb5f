package io.agentstation.standalone.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.failures.StationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final AtomicLong now = new AtomicLong();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(console, true, UTF_8), now::get);

    @Test
    void namesWhatHasStartedWithItsSeconds() {
        String result = progress.step("kafka", () -> {
            now.addAndGet(Duration.ofMillis(2_340).toNanos());
            return "broker";
        });

        assertThat(result).isEqualTo("broker");
        assertThat(console.toString(UTF_8)).isEqualToIgnoringNewLines("  kafka                  2.3 s");
        assertThat(progress.total()).isEqualTo("2.3 s");
    }

    @Test
    void explainsAFailureByItsRootInOneSentence() {
        assertThatThrownBy(() -> progress.step("kafka", () -> {
                    throw new IllegalStateException("outer", new IOException("disk full"));
                }))
                .isInstanceOf(StationFailure.class)
                .hasMessage("kafka could not start: disk full");
        assertThat(console.size()).isZero();
    }
}
