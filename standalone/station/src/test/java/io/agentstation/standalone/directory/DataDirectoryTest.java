package io.agentstation.standalone.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void makesItsIdentityOnceAndKeepsIt() throws Exception {
        String keyId;
        String stationId;
        try (DataDirectory data = DataDirectory.open(temporary.resolve("new"))) {
            keyId = data.key().id();
            stationId = data.stationId();
        }

        try (DataDirectory again = DataDirectory.open(temporary.resolve("new"))) {
            assertThat(again.key().id()).isEqualTo(keyId);
            assertThat(again.stationId()).isEqualTo(stationId).matches("[0-9a-f]{12}");
        }
    }

    @Test
    void showsItsSecretsToItsOwnerOnly() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("new"))) {
            data.writeApiKey("sta_x_y");

            assertThat(mode(data.keyFile())).isEqualTo("rw-------");
            assertThat(mode(data.apiKeyFile())).isEqualTo("rw-------");
            assertThat(Files.readString(data.apiKeyFile())).isEqualTo("sta_x_y\n");
        }
    }

    @Test
    void hasOneStationAtATime() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(temporary))
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining(data.root().toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void doesNotMakeAnotherKeyForOldData() throws Exception {
        Files.createDirectories(temporary.resolve("cassandra"));

        assertThatThrownBy(() -> DataDirectory.open(temporary)).hasMessageContaining("station-key is missing");
    }

    @Test
    void refusesABrokenKey() throws Exception {
        Files.writeString(temporary.resolve("station-key"), "c2hvcnQ=");

        assertThatThrownBy(() -> DataDirectory.open(temporary))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("station-key");
    }

    @Test
    void saysWhenADirectoryCannotBe() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void publishesItsAddresses() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary)) {
            data.writeEndpoints(Map.of(Endpoints.API, "http://127.0.0.1:1"));
        }

        assertThat(Endpoints.read(temporary)).containsExactly(Map.entry("api", "http://127.0.0.1:1"));
        assertThatThrownBy(() -> Endpoints.read(temporary.resolve("elsewhere")))
                .hasMessageContaining("no station has run");
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
