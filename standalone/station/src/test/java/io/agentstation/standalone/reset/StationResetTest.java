package io.agentstation.standalone.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationResetTest {

    @TempDir
    private Path directory;

    @Test
    void deletesAllThatAStationMadeAndNothingElse() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "x");
        Path data = directory.resolve("data");
        try (DataDirectory station = DataDirectory.open(data)) {
            station.writeApiKey("key");
            station.writeEndpoints(Map.of("api", "http://127.0.0.1:1"));
            Files.createDirectories(station.broker().resolve("data/topic-0"));
            Files.writeString(station.broker().resolve("data/topic-0/log"), "x");
            Files.createSymbolicLink(station.cluster(), elsewhere);
        }
        Files.writeString(data.resolve("notes.txt"), "mine");

        assertThat(StationReset.run(data)).containsExactly("notes.txt");

        assertThat(data.toFile().list()).containsExactly("notes.txt");
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void refusesADirectoryThatIsNoStations() throws Exception {
        Files.createDirectory(directory.resolve("kafka"));

        assertThatThrownBy(() -> StationReset.run(directory))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("no station has run on " + directory);

        assertThat(directory.resolve("kafka")).exists();
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void refusesWhileTheStationRuns() throws Exception {
        try (DataDirectory running = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> StationReset.run(directory)).hasMessageContaining("stop it first");
            assertThat(running.keyFile()).exists();
        }
    }

    @Test
    void theNextStationStartsFromNothing() throws Exception {
        String before;
        try (DataDirectory station = DataDirectory.open(directory)) {
            before = station.stationId();
        }
        StationReset.run(directory);
        try (DataDirectory station = DataDirectory.open(directory)) {
            assertThat(station.stationId()).isNotEqualTo(before);
        }
    }
}
