package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stop, start again, and everything is still there; two stations do not disturb each other. */
class AStationKeepsEverythingIT {

    @TempDir
    private Path directory;

    @Test
    void whatWasThereBeforeARestartIsThereAfterIt() {
        // Given
        Path data = directory.resolve("data");
        String key;
        String living;
        String ended;
        JsonNode history;
        try (StationProcess station = StationProcess.upUnprepared(data)) {
            StationClient client = station.client();
            key = station.key();
            living = client.create("living");
            ended = client.create("ended");
            client.awaitState(living, "ACTIVE", Duration.ofSeconds(10));
            client.awaitState(ended, "ACTIVE", Duration.ofSeconds(10));
            assertThat(client.delete("/api/agents/" + ended).status()).isEqualTo(200);
            history = client.get("/api/agents/" + ended).body().at("/lifecycleEvents");

            // When
            assertThat(station.stop()).isLessThan(Duration.ofSeconds(10));
        }

        // Then
        try (StationProcess station = StationProcess.up(data)) {
            StationClient client = station.client();
            assertThat(station.key()).isEqualTo(key);
            assertThat(client.state(ended)).isEqualTo("TERMINATED");
            assertThat(client.get("/api/agents/" + ended).body().at("/lifecycleEvents"))
                    .isEqualTo(history);
            assertThat(client.state(living)).isEqualTo("ACTIVE");
            assertThat(client.get("/api/agents").body().size()).isEqualTo(2);
            client.awaitState(client.create("after"), "ACTIVE", Duration.ofSeconds(10));
            assertThat(client.delete("/api/agents/" + living).status()).isEqualTo(200);
        }
    }

    @Test
    void twoStationsRunSideBySide() {
        try (StationProcess one = StationProcess.up(directory.resolve("one"));
                StationProcess two = StationProcess.up(directory.resolve("two"))) {
            // When both make an agent of the same name
            String first = one.client().create("twin");
            String second = two.client().create("twin");

            // Then each has its own, and neither key opens the other's door
            one.client().awaitState(first, "ACTIVE", Duration.ofSeconds(15));
            two.client().awaitState(second, "ACTIVE", Duration.ofSeconds(15));
            assertThat(one.client().get("/api/agents/" + second).status()).isEqualTo(404);
            assertThat(one.client().withKey(two.key()).get("/api/agents").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aSecondStationOnTheSameDirectoryIsRefusedInWords() throws Exception {
        Path data = directory.resolve("data");
        try (StationProcess first = StationProcess.up(data);
                StationProcess second = StationProcess.launch(data)) {
            assertThat(second.endsWithin(Duration.ofSeconds(30))).isTrue();
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.console()).contains(data.toString());
            assertThat(first.client().get("/api/health").status()).isEqualTo(200);
        }
    }
}
