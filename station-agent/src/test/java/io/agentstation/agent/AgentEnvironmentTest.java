package io.agentstation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentEnvironmentTest {

    private static final String AGENT = "019ab2f0-0000-7000-8000-000000000000";

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "STATION_URL", "http://127.0.0.1:8080/", "STATION_AGENT_ID", AGENT, "STATION_AGENT_TOKEN", "agt_secret"));

    @Test
    void readsWhatTheProvisionerSets() {
        variables.put("STATION_HEARTBEAT_MODE", "emergency");

        AgentSettings settings = new AgentEnvironment(variables).settings();

        assertThat(settings.station()).isEqualTo(URI.create("http://127.0.0.1:8080/"));
        assertThat(settings.agent()).hasToString(AGENT);
        assertThat(settings.token()).isEqualTo("agt_secret");
        assertThat(settings.mode()).isEqualTo(HeartbeatMode.EMERGENCY);
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theTokenFileComesFirstAndItsLineEndIsNotPartOfTheToken(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "agt_from_file\n");
        variables.put("STATION_AGENT_TOKEN_FILE", file.toString());

        assertThat(new AgentEnvironment(variables).settings().token()).isEqualTo("agt_from_file");
    }

    @ParameterizedTest
    @CsvSource({
        "STATION_URL, ''",
        "STATION_URL, ftp://station",
        "STATION_AGENT_ID, not-a-uuid",
        "STATION_AGENT_TOKEN, ''",
        "STATION_AGENT_TOKEN, two words",
        "STATION_AGENT_TOKEN_FILE, /no/such/file",
        "STATION_HEARTBEAT_MODE, HASTY"
    })
    void refusesWhatIsMissingOrWrong(String name, String value) {
        variables.put(name, value);

        assertThatThrownBy(() -> new AgentEnvironment(variables).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("two words");
    }

    @Test
    void settingsNeverPrintTheToken() {
        assertThat(new AgentEnvironment(variables).settings().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"EMERGENCY, 1250", "IDLE, 7500", "SLEEP, 60000"})
    void theGraceIsAQuarterWithinItsBounds(HeartbeatMode mode, long graceMs) {
        variables.put("STATION_HEARTBEAT_MODE", mode.name());

        assertThat(new AgentEnvironment(variables).settings().grace()).isEqualTo(Duration.ofMillis(graceMs));
    }
}
