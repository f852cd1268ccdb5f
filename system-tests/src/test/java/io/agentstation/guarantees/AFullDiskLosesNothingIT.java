package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.StationClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk gets full under a running station: it says so, refuses what it cannot store, and goes on when there is room. */
class AFullDiskLosesNothingIT {

    private static final int MEBIBYTES = 600;
    private static final Duration AGAIN = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private final List<String> accepted = new ArrayList<>();
    private int asked;

    @Test
    void itSaysSoRefusesAndGoesOn() throws Exception {
        try (LoopFileSystem disk = LoopFileSystem.mount(directory, MEBIBYTES)) {
            Path data = Files.createDirectory(disk.directory().resolve("data"));
            // The console's file must not be on the full disk.
            Path elsewhere = Files.createSymbolicLink(directory.resolve("data"), data);
            try (StationProcess station = StationProcess.up(elsewhere)) {
                try {
                    live(station, disk);
                } catch (AssertionError | ConditionTimeoutException e) {
                    throw new AssertionError(e.getMessage() + "\n" + station.console() + errors(data), e);
                }
            }
        }
    }

    private void live(StationProcess station, LoopFileSystem disk) throws Exception {
        // Given
        StationClient client = station.client();
        for (int i = 0; i < 3; i++) {
            assertThat(create(client)).contains(201);
        }
        for (String agent : accepted) {
            client.awaitState(agent, "ACTIVE", AGAIN);
        }

        // When
        Path filler = disk.fill();

        // Then it is said, and a create is refused, not lost
        Awaitility.await("it is said")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> station.console().contains("is full: less than"));
        Awaitility.await("what cannot be stored is refused")
                .atMost(AGAIN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> create(client), Optional.of(503)::equals);
        assertThat(station.endsWithin(Duration.ofSeconds(10)))
                .as(station.console())
                .isFalse();

        // When there is room again
        Files.delete(filler);

        // Then
        Awaitility.await("it goes on")
                .atMost(Duration.ofSeconds(30))
                .until(() -> station.console().contains("has room again"));
        Awaitility.await("creates are accepted")
                .atMost(AGAIN)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> create(client), Optional.of(201)::equals);
        for (String agent : accepted) {
            client.awaitState(agent, "ACTIVE", AGAIN);
        }
    }

    private static String errors(Path data) throws IOException {
        try (Stream<String> log = Files.lines(data.resolve("logs/station.log"))) {
            return log.filter(line -> line.contains(" ERROR ")).collect(Collectors.joining("\n"));
        }
    }

    /** Asks for one more agent; empty when there was no answer. */
    private Optional<Integer> create(StationClient client) {
        try {
            Answer answer = client.post("/api/agents", "{\"name\":\"agent-" + asked++ + "\"}");
            assertThat(answer.status()).isIn(201, 503);
            if (answer.status() == 201) {
                accepted.add(answer.body().at("/agent/uuid").stringValue());
            }
            return Optional.of(answer.status());
        } catch (UncheckedIOException noAnswer) {
            return Optional.empty();
        }
    }
}
