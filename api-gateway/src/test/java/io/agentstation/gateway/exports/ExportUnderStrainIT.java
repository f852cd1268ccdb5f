package io.agentstation.gateway.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.StoredHistory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exports far larger than what fits between a client and the gateway, to clients that read slowly, or stop. */
final class ExportUnderStrainIT {

    private static final int ROWS = 1_500;
    private static final Station STATION = Station.get();
    private static final Http USER = STATION.tenant();
    private static AgentId agent;

    @BeforeAll
    static void write() {
        agent = StoredHistory.create(USER);
        StoredHistory history = new StoredHistory(STATION);
        Map<String, Object> large = Map.of("text", "x".repeat(15_000));
        Instant newest = Instant.now().minusSeconds(60);
        StoredHistory.all(IntStream.range(0, ROWS)
                .mapToObj(i -> () -> history.report(agent, newest.minusSeconds(i), ROWS - i, large)));
    }

    private static Answer export() {
        return USER.post("/api/agents/" + agent + "/export", "{\"telemetry_limit\":1}");
    }

    private static void awaitFreeSlots() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(export().status()).isEqualTo(200));
    }

    @Test
    void aSlowClientGetsTheWholeDocument() {
        try (SlowReader slow = new SlowReader(USER, agent, ROWS)) {
            // When
            assertThat(slow.read(100_000)).isEqualTo(100_000);
            assertThat(slow.text())
                    .startsWith("HTTP/1.1 200")
                    .contains("\"metrics\":[{")
                    .doesNotContain("total_metrics");
            slow.readAll();

            // Then
            assertThat(slow.isWhole()).isTrue();
            assertThat(slow.text()).contains("\"total_metrics\":" + ROWS);
        }
        awaitFreeSlots();
    }

    @Test
    void oneExportTooManyIsToldToComeAgainAndHoldsNothing() {
        awaitFreeSlots();
        try (SlowReader first = new SlowReader(USER, agent, ROWS);
                SlowReader second = new SlowReader(USER, agent, ROWS)) {
            // Given two of one workspace whose clients do not read on
            first.read(50_000);
            second.read(50_000);

            // When
            Answer third = export();

            // Then
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.body().path("code").asString()).isEqualTo("too_many_exports");
            assertThat(third.header("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).matches("\\d+"));
            Http another = STATION.tenant();
            assertThat(another.post("/api/agents/" + StoredHistory.create(another) + "/export", "{}")
                            .status())
                    .as("other workspaces have their own")
                    .isEqualTo(200);
            assertThat(USER.get("/api/agents/" + agent + "/heartbeats").status())
                    .isEqualTo(200);
        }

        // And when the clients have gone, so have their exports
        awaitFreeSlots();
    }

    @Test
    void anExportThatCannotBeFinishedIsCutAndNeverLooksWhole() throws IOException, InterruptedException {
        awaitFreeSlots();
        try (SlowReader slow = new SlowReader(USER, agent, ROWS)) {
            // Given
            slow.read(50_000);

            // When
            signal("STOP");
            try {
                slow.readAll();
            } finally {
                signal("CONT");
            }

            // Then
            assertThat(slow.text()).startsWith("HTTP/1.1 200").doesNotContain("total_metrics");
            assertThat(slow.isWhole()).isFalse();
        }
        awaitFreeSlots();
    }

    private static void signal(String name) throws IOException, InterruptedException {
        long pid = SharedCassandra.get().pid();
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
