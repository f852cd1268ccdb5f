package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.telemetry.figures.MetricsEndpoint;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the service tells about itself is what it did. */
class FiguresIT {

    private static final Pattern NAME_IN_TABLE = Pattern.compile("(?m)^\\| `(station\\.[a-z.]+)` \\|");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AgentId AGENT = Messages.agent();
    private static final int OWN = Partitions.of(AGENT, TestBroker.PARTITIONS);
    private static final int SENT = 40;

    private static final TestBroker BROKER = TestBroker.start();
    private static final RunningTelemetry TELEMETRY = startBehind();

    /** With heartbeats of one agent in the topic before the service starts. */
    private static RunningTelemetry startBehind() {
        BROKER.send(Topic.HEARTBEATS, AGENT, Collections.nCopies(SENT, new Heartbeat(HeartbeatMode.IDLE, 1)));
        BROKER.sendRaw(Topic.HEARTBEATS, OWN, null, "poison".getBytes(StandardCharsets.UTF_8));
        return RunningTelemetry.start(
                BROKER, Keyspaces.fresh(SharedCassandra.get()), Map.of("station.telemetry.metrics.port", "0"));
    }

    @BeforeAll
    static void everythingIsRead() {
        await().atMost(PATIENCE).until(() -> BROKER.hasReadAll(TELEMETRY.group() + "-heartbeats", Topic.HEARTBEATS));
        await().atMost(PATIENCE).until(() -> gauge("station.telemetry.lag", "partition", OWN) == 0);
    }

    @AfterAll
    static void stop() {
        TELEMETRY.close();
        BROKER.close();
    }

    @Test
    void rowsStatementsAndPoisonAreCounted() {
        assertThat(meters().get("station.telemetry.rows")
                        .tag("table", "heartbeats")
                        .counter()
                        .count())
                .isEqualTo(SENT);
        // Forty rows of one agent, read in few polls.
        assertThat(meters().get("station.telemetry.write")
                        .tag("table", "heartbeats")
                        .timer()
                        .count())
                .isLessThan(SENT / 2);
        assertThat(meters().get("station.telemetry.batch.records")
                        .tag("topic", "agent.heartbeats")
                        .summary()
                        .totalAmount())
                .isEqualTo(SENT + 1.0);
        assertThat(meters().get("station.telemetry.poison")
                        .tag("topic", "agent.heartbeats")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyPartitionOfEveryTopicHasItsLag() {
        for (Topic topic : ReaderConfiguration.TOPICS) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(meters().get("station.telemetry.lag")
                                    .tag("topic", topic.topicName())
                                    .gauges())
                            .hasSize(TestBroker.PARTITIONS)
                            .allSatisfy(gauge -> assertThat(gauge.value()).isZero()));
        }
    }

    @Test
    void theyAreServedInPrometheusFormat() throws Exception {
        String url = TELEMETRY.context().getEnvironment().getRequiredProperty(MetricsEndpoint.URL_PROPERTY);

        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(page)
                .contains("station_telemetry_rows_total{table=\"heartbeats\"} " + SENT)
                .contains("station_telemetry_write_seconds_bucket{table=\"heartbeats\"")
                .contains("station_telemetry_paused{topic=\"agent.heartbeats\"} 0");
    }

    @Test
    void theTableInTheDocumentationNamesEveryMeter() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "telemetry-metrics.md"));

        List<String> inTable = NAME_IN_TABLE
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(inTable)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(meters().getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("station."))
                        .distinct()
                        .toList());
    }

    private static double gauge(String name, String tag, int value) {
        return meters().get(name)
                .tag("topic", "agent.heartbeats")
                .tag(tag, Integer.toString(value))
                .gauge()
                .value();
    }

    private static MeterRegistry meters() {
        return TELEMETRY.context().getBean(MeterRegistry.class);
    }
}
