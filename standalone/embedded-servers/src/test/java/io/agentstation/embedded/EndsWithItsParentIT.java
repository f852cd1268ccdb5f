package io.agentstation.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.embedded.process.DirectoryLock;
import io.agentstation.embedded.process.StartFailed;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsWithItsParentIT {

    @TempDir
    private Path directory;

    @Test
    void aBrokerEndsWhenItsParentIsKilledAndAnotherStartsAtOnce() throws Exception {
        Process parent = startHolder();
        long child = firstNumber(parent);
        assertThat(ProcessHandle.of(child)).isPresent();

        parent.destroyForcibly().waitFor();

        // Started while the old one is still ending: waits for its lock.
        try (EmbeddedBroker next = EmbeddedBroker.start(directory)) {
            assertThat(next.isAlive()).isTrue();
            // Its lock is free before the system has reaped it.
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ProcessHandle.of(child)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void aHeldDirectoryIsNamedWithItsHolder() throws Exception {
        try (DirectoryLock held = DirectoryLock.tryTake(directory).orElseThrow()) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(held).isNotNull();
        }
    }

    private Process startHolder() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long firstNumber(Process process) throws Exception {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            return output.lines()
                    .filter(line -> line.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the holder printed no process id, and ended: "
                            + process.onExit().orTimeout(1, TimeUnit.SECONDS).join()));
        }
    }
}
