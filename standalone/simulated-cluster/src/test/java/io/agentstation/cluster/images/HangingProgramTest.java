package io.agentstation.cluster.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HangingProgramTest {

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<String> happened = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void afterItsLifeItIsSilentAndItsContainerRunsOn() {
        var running = new HangingProgram(this::agent, Duration.ofMillis(100), timers).start(Map.of(), container());
        assertThat(running.page()).contains("here");

        await().until(() -> happened.contains("agent stopped"));

        assertThat(running.page()).as("what a hanging process answers").isEmpty();
        assertThat(happened).noneMatch(what -> what.startsWith("exited"));
        assertThat(new ArrayList<>(happened)).anyMatch(what -> what.startsWith("log hangs from now on"));
    }

    @Test
    void whatIsEndedBeforeDoesNotHang() {
        var running = new HangingProgram(this::agent, Duration.ofHours(1), timers).start(Map.of(), container());

        running.close();

        assertThat(happened).containsExactly("agent stopped");
    }

    private ContainerProgram.Running agent(Map<String, String> environment, ContainerProgram.Container container) {
        return new ContainerProgram.Running() {
            @Override
            public Optional<String> page() {
                return Optional.of("here");
            }

            @Override
            public void close() {
                happened.add("agent stopped");
            }
        };
    }

    private ContainerProgram.Container container() {
        return new ContainerProgram.Container() {
            @Override
            public String pod() {
                return "pod";
            }

            @Override
            public boolean isListening(int port) {
                return false;
            }

            @Override
            public void log(String line) {
                happened.add("log " + line);
            }

            @Override
            public void exited(int code) {
                happened.add("exited " + code);
            }
        };
    }
}
