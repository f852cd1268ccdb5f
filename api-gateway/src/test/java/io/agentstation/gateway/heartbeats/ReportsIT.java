package io.agentstation.gateway.heartbeats;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReportsIT {

    private static final String HEARTBEAT = "{\"mode\":\"SLEEP\",\"uptime_seconds\":12.5}";
    private static final String METRICS = "{\"cpu_percent\":150.5,\"memory_mb\":1,\"requests_handled\":9,"
            + "\"custom_metrics\":{\"a\":{\"b\":[1,2.5,\"c\"]}},\"other\":1}";

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    private AgentId create() {
        Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}");
        return AgentId.of(created.body().at("/agent/uuid").asString());
    }

    @Test
    void anAgentReportsForItselfWithItsToken() {
        // Given
        AgentId agent = create();
        Http itself = user.as(AgentToken.of(Station.key(), agent));

        // When
        Answer heartbeat = itself.post(
                "/api/agents/" + agent + "/heartbeat",
                "{\"mode\":\"SLEEP\",\"uptime_seconds\":12.5,\"agent_name\":\"x\",\"timestamp\":\"y\"}");
        Answer metrics = itself.post("/api/agents/" + agent + "/metrics", METRICS);

        // Then
        assertThat(heartbeat.status()).isEqualTo(200);
        assertThat(heartbeat.body().path("state").asString()).isEqualTo("NEW");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(others.records(Topic.HEARTBEATS))
                .filteredOn(record -> OtherServices.key(record).equals(agent.toString()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(Wire.read(record.value(), Heartbeat.class))
                            .isEqualTo(new Heartbeat(HeartbeatMode.SLEEP, 12.5));
                    assertThat(record.headers()).isEmpty();
                    assertThat(record.partition())
                            .isEqualTo(io.agentstation.contracts.topics.Partitions.of(agent, Station.PARTITIONS));
                });
        assertThat(others.records(Topic.METRICS))
                .filteredOn(record -> OtherServices.key(record).equals(agent.toString()))
                .singleElement()
                .satisfies(record -> {
                    MetricsReport report = Wire.read(record.value(), MetricsReport.class);
                    assertThat(report.cpuPercent()).isEqualTo(150.5);
                    assertThat(report.customMetrics()).containsOnlyKeys("a");
                });
    }

    @Test
    void anAgentCannotReportForAnother() {
        // Given
        AgentId agent = create();
        Http other = user.as(AgentToken.of(Station.key(), create()));

        // Then
        assertThat(other.post("/api/agents/" + agent + "/heartbeat", HEARTBEAT).status())
                .isEqualTo(404);
        assertThat(other.post("/api/agents/" + agent + "/metrics", METRICS).status())
                .isEqualTo(404);
    }

    @Test
    void aTokenOfAnAgentThatNeverWasIsNotFound() {
        // Given
        AgentId nobody = new AgentId(UUID.randomUUID());

        // Then
        assertThat(user.as(AgentToken.of(Station.key(), nobody))
                        .post("/api/agents/" + nobody + "/heartbeat", HEARTBEAT)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aUserCannotProbe() {
        assertThat(user.post("/api/agents/" + ProbeAgent.ID + "/heartbeat", HEARTBEAT)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void customMetricsMayBeNullOrAbsent() {
        // Given
        AgentId agent = create();
        Map<String, String> bodies = Map.of(
                "null", "{\"cpu_percent\":0,\"memory_mb\":0,\"requests_handled\":0,\"custom_metrics\":null}",
                "absent", "{\"cpu_percent\":0,\"memory_mb\":0,\"requests_handled\":0}");

        // Then
        bodies.forEach((name, body) -> assertThat(
                        user.post("/api/agents/" + agent + "/metrics", body).status())
                .as(name)
                .isEqualTo(200));
    }
}
