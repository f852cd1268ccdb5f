package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.guarantees.StationClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** I1: an acknowledged operation is never lost, nor done twice, also when the whole station is killed right after the 202. */
class AcknowledgedOperationsSurviveKillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void eachIsDoneOnceAfterKillMinusNineAndAClientThatAsksAgain() {
        Path data = directory.resolve("data");
        String scaled;
        String restarted;
        String updated;
        // Given a station that has just acknowledged three operations
        try (StationProcess station = StationProcess.up(data)) {
            StationClient client = station.client();
            scaled = client.create("scaled");
            restarted = client.create("restarted");
            updated = client.create("updated");
            List.of(scaled, restarted, updated).forEach(agent -> client.awaitState(agent, "ACTIVE", PATIENCE));
            acknowledged(client.send("POST", path(scaled, "/scale"), "{\"replicas\":2}", "Idempotency-Key", "one"));
            acknowledged(client.send("POST", path(restarted, "/restart"), "", "Idempotency-Key", "two"));
            acknowledged(client.send(
                    "PATCH",
                    path(updated, ""),
                    "{\"env\":{\"A\":\"b\"}}",
                    "Idempotency-Key",
                    "three",
                    "Prefer",
                    "wait=0"));
            // When
            station.kill();
        }
        // Then
        try (StationProcess station = StationProcess.up(data)) {
            StationClient client = station.client();
            String[] wait = {"Prefer", "wait=60", "Idempotency-Key"};
            done(client.send("POST", path(scaled, "/scale"), "{\"replicas\":2}", wait[0], wait[1], wait[2], "one"));
            done(client.send("POST", path(restarted, "/restart"), "", wait[0], wait[1], wait[2], "two"));
            done(client.send(
                    "PATCH", path(updated, ""), "{\"env\":{\"A\":\"b\"}}", wait[0], wait[1], wait[2], "three"));
            assertThat(count(client, scaled, "SCALED")).isEqualTo(1);
            assertThat(count(client, restarted, "RESTARTED")).isEqualTo(1);
            assertThat(count(client, updated, "UPDATED")).isEqualTo(1);
            Awaitility.await("two replicas")
                    .atMost(PATIENCE)
                    .until(() -> client.get(path(scaled, ""))
                                    .body()
                                    .at("/kubernetesStatus/readyReplicas")
                                    .asInt(0)
                            == 2);
            assertThat(client.get(path(updated, ""))
                            .body()
                            .at("/agent/environment")
                            .toString())
                    .isEqualTo("[\"A\"]");
        }
    }

    private static String path(String agent, String operation) {
        return "/api/agents/" + agent + operation;
    }

    private static void acknowledged(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static long count(StationClient client, String agent, String type) {
        return client.get(path(agent, ""))
                .body()
                .at("/lifecycleEvents")
                .valueStream()
                .map((JsonNode event) -> event.at("/event_type").asString())
                .filter(type::equals)
                .count();
    }
}
