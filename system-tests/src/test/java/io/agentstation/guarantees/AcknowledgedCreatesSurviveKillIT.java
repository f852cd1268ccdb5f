package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** I1: an acknowledged create is never lost, also when the whole station is killed right after the 201. */
class AcknowledgedCreatesSurviveKillIT {

    private static final int KILLS = Boolean.getBoolean("faults.full") ? 10 : 4;

    @TempDir
    private Path directory;

    @Test
    void everyAgentBecomesActiveAfterKillMinusNineRightAfterIts201() {
        Path data = directory.resolve("data");
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            // Given a station that has just answered 201
            try (StationProcess station = StationProcess.up(data)) {
                agents.forEach(agent -> station.client().awaitState(agent, "ACTIVE", Duration.ofSeconds(30)));
                agents.add(station.client().create("killed-after-" + i));
                // When
                station.kill();
            }
        }
        // Then
        try (StationProcess station = StationProcess.up(data)) {
            StationClient client = station.client();
            agents.forEach(agent -> client.awaitState(agent, "ACTIVE", Duration.ofSeconds(30)));
            for (String agent : agents) {
                JsonNode details = client.get("/api/agents/" + agent).body();
                assertThat(details.at("/lifecycleEvents")
                                .valueStream()
                                .map(event -> event.at("/event_type").asString())
                                .filter(type -> List.of("CREATED", "PROVISIONED", "ACTIVATED")
                                        .contains(type)))
                        .as("transitions of %s", agent)
                        .containsExactly("ACTIVATED", "PROVISIONED", "CREATED");
                assertThat(SimulatedClusterView.of(data.resolve("kubeconfig")).kindsOf(agent))
                        .as("objects of %s", agent)
                        .containsOnlyOnce("Deployment");
            }
            assertThat(client.get("/api/agents").body().size()).isEqualTo(KILLS);
        }
    }
}
