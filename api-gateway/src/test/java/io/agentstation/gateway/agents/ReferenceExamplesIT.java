package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request example of reference 000 and 001 for create, list, details, delete, export, heartbeat and metrics, as printed. */
final class ReferenceExamplesIT {

    private static final String AGENT = """
            {"uuid": "123e4567-e89b-12d3-a456-426614174000", "name": "my-agent", "dns_name": "my-agent.is.plugged.in",
             "state": "ACTIVE", "kubernetes_namespace": "agents", "kubernetes_deployment": "my-agent",
             "created_at": "2025-11-13T08:00:00Z", "provisioned_at": "2025-11-13T08:00:15Z",
             "activated_at": "2025-11-13T08:00:45Z", "terminated_at": null,
             "last_heartbeat_at": "2025-11-13T08:05:30Z",
             "metadata": {"description": "My autonomous agent", "image": "nginxinc/nginx-unprivileged:alpine",
               "resources": {"cpu_request": "100m", "memory_request": "256Mi", "cpu_limit": "1000m",
                 "memory_limit": "1Gi"}}}""";
    private static final String CREATED = """
            {"agent": {"uuid": "123e4567-e89b-12d3-a456-426614174000", "name": "my-agent",
              "dns_name": "my-agent.is.plugged.in", "state": "NEW", "kubernetes_namespace": "agents",
              "kubernetes_deployment": "my-agent", "created_at": "2025-11-13T08:00:00Z", "provisioned_at": null,
              "activated_at": null, "terminated_at": null, "last_heartbeat_at": null,
              "metadata": {"description": "My autonomous agent",
                "resources": {"cpu_request": "100m", "memory_request": "256Mi", "cpu_limit": "1000m",
                  "memory_limit": "1Gi"}}},
             "deployment": {"success": true, "message": "Agent my-agent deployed successfully",
               "deploymentName": "my-agent"}}""";
    private static final String DETAILS = """
            {"agent": %s,
             "recentHeartbeats": [{"id": "1001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000", "mode": "IDLE",
               "uptime_seconds": 330, "timestamp": "2025-11-13T08:05:30Z"}],
             "recentMetrics": [{"id": "2001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000", "cpu_percent": 12,
               "memory_mb": 128, "requests_handled": 45, "custom_metrics": {}, "timestamp": "2025-11-13T08:05:00Z"}],
             "lifecycleEvents": [{"id": "3001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000",
               "event_type": "ACTIVATED", "from_state": "PROVISIONED", "to_state": "ACTIVE",
               "metadata": {"triggered_by": "system"}, "timestamp": "2025-11-13T08:00:45Z"}],
             "kubernetesStatus": {"ready": true, "replicas": 1, "readyReplicas": 1, "unavailableReplicas": 0,
               "conditions": [{"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable",
                 "message": "Deployment has minimum availability."}]}}""".formatted(AGENT);

    private static final String EXPORT = """
            {"agent": %s,
             "heartbeats": [{"id": "1001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000", "mode": "IDLE",
               "uptime_seconds": 330, "timestamp": "2025-11-13T08:05:30Z"}],
             "metrics": [{"id": "2001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000", "cpu_percent": 12,
               "memory_mb": 128, "requests_handled": 45, "custom_metrics": {}, "timestamp": "2025-11-13T08:05:00Z"}],
             "lifecycle_events": [{"id": "3001", "agent_uuid": "123e4567-e89b-12d3-a456-426614174000",
               "event_type": "ACTIVATED", "from_state": "PROVISIONED", "to_state": "ACTIVE",
               "metadata": {"triggered_by": "system"}, "timestamp": "2025-11-13T08:00:45Z"}],
             "metadata": {"exported_at": "2025-11-13T08:15:00Z", "triggered_by": "user-uuid",
               "total_heartbeats": 250, "total_metrics": 240}}""".formatted(AGENT);

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    @Test
    void theWholeLifeOfTheDocumentedAgent() {
        // Given the documented create
        Answer created = user.post("/api/agents", """
                {
                    "name": "my-agent",
                    "description": "My autonomous agent",
                    "resources": {
                      "cpu_request": "100m",
                      "memory_request": "256Mi",
                      "cpu_limit": "1000m",
                      "memory_limit": "1Gi"
                    }
                  }""");
        assertThat(created.status()).isEqualTo(201);
        DocumentedShape.assertHas(created.body(), CREATED);
        AgentId agent = id(created);
        String path = "/api/agents/" + agent;
        assertThat(created.header("Location")).contains(path);
        assertThat(created.body().at("/agent/dns_name").asString()).isEqualTo("my-agent.is.plugged.in");
        assertThat(created.body().at("/agent/state").asString()).isEqualTo("NEW");
        assertThat(created.body().at("/deployment/message").asString())
                .isEqualTo("Agent my-agent accepted for deployment");

        // When it becomes active and reports as documented
        others.activate(agent);
        Answer heartbeat = user.post(path + "/heartbeat", """
                {
                    "mode": "IDLE",
                    "uptime_seconds": 330
                  }""");
        Answer metrics = user.post(path + "/metrics", """
                {
                    "cpu_percent": 12.5,
                    "memory_mb": 128,
                    "requests_handled": 45,
                    "custom_metrics": {
                      "queue_depth": 3,
                      "cache_hit_rate": 0.85
                    }
                  }""");

        // Then both are in the log, and the answers are the documented ones
        assertThat(heartbeat.status()).isEqualTo(200);
        assertThat(heartbeat.body().path("message").asString()).isEqualTo("Heartbeat recorded");
        await().untilAsserted(
                        () -> assertThat(user.post(path + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":360.5}")
                                        .body()
                                        .path("state")
                                        .asString())
                                .isEqualTo("ACTIVE"));
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body().path("message").asString()).isEqualTo("Metrics recorded");
        project(agent);

        Answer details = user.get(path);
        assertThat(details.status()).isEqualTo(200);
        DocumentedShape.assertHas(details.body(), DETAILS);
        assertThat(details.body().at("/recentHeartbeats/0/uptime_seconds").toString())
                .isEqualTo("360.5");
        assertThat(details.body().at("/recentHeartbeats/1/uptime_seconds").toString())
                .isEqualTo("330");
        assertThat(details.body().at("/recentMetrics/0/cpu_percent").toString()).isEqualTo("12.5");
        assertThat(details.body().at("/recentMetrics/0/memory_mb").toString()).isEqualTo("128");
        assertThat(details.body()
                        .at("/recentMetrics/0/custom_metrics/cache_hit_rate")
                        .toString())
                .isEqualTo("0.85");
        assertThat(details.body().path("lifecycleEvents").values().stream()
                        .map(event -> event.path("event_type").asString()))
                .containsExactly("ACTIVATED", "PROVISIONED", "CREATED");

        Answer export = user.post(path + "/export", """
                {
                    "include_telemetry": true,
                    "telemetry_limit": 1000
                  }""");
        assertThat(export.status()).isEqualTo(200);
        DocumentedShape.assertHas(export.body(), EXPORT);
        assertThat(export.body().at("/metadata/total_heartbeats").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(export.body().at("/metadata/total_metrics").asLong()).isEqualTo(1);
        assertThat(export.body().path("metrics")).isEqualTo(details.body().path("recentMetrics"));

        Answer list = user.get("/api/agents");
        assertThat(list.status()).isEqualTo(200);
        DocumentedShape.assertHas(list.body(), "[" + AGENT + "]");
        assertThat(list.body().size()).isEqualTo(1);

        // When it is deleted
        CompletableFuture<Answer> deleted = CompletableFuture.supplyAsync(() -> user.delete(path));
        await().until(() -> others.commands(agent).size() == 2);
        others.drainForDelete(agent);
        others.end(agent, EventType.TERMINATED);

        // Then the answer waits for its end and is the documented one
        assertThat(deleted.join().status()).isEqualTo(200);
        assertThat(deleted.join().body().toString()).isEqualTo("""
                {"message":"Agent terminated successfully",\
                "kubernetes":{"success":true,"message":"Agent my-agent deleted successfully"}}""");
        assertThat(user.get(path).body().at("/agent/state").asString()).isEqualTo("TERMINATED");
        assertThat(user.get(path).body().path("kubernetesStatus").isNull()).isTrue();
        assertThat(user.delete(path).status()).isEqualTo(200);
        assertThat(others.commands(agent))
                .as("nothing is published for an agent that is gone")
                .hasSize(2);
        assertThat(user.post(path + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(410);
        assertThat(user.post("/api/agents", "{\"name\": \"my-agent\"}").status())
                .as("the name is free again")
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"test-agent\"}", """
                {
                    "name": "my-first-agent",
                    "description": "My first autonomous agent"
                  }""", """
                {
                  "name": "my-other-agent",
                  "description": "Description",
                  "image": "custom/image:tag",
                  "resources": {
                    "cpu_request": "100m",
                    "memory_request": "256Mi",
                    "cpu_limit": "1000m",
                    "memory_limit": "1Gi"
                  }
                }""", """
                {
                    "name": "github-monitor",
                    "description": "Monitors GitHub repos for changes",
                    "resources": {
                      "cpu_request": "50m",
                      "memory_request": "128Mi",
                      "cpu_limit": "200m",
                      "memory_limit": "256Mi"
                    }
                  }""", """
                {
                    "name": "research-bot",
                    "description": "Continuous research and knowledge synthesis",
                    "resources": {
                      "cpu_request": "500m",
                      "memory_request": "1Gi",
                      "cpu_limit": "2000m",
                      "memory_limit": "4Gi"
                    }
                  }""", """
                {
                    "name": "weekly-report",
                    "description": "Generates weekly summary reports",
                    "resources": {
                      "cpu_request": "100m",
                      "memory_request": "256Mi",
                      "cpu_limit": "500m",
                      "memory_limit": "512Mi"
                    }
                  }"""})
    void everyDocumentedCreateWorksAsPrinted(String body) {
        // When
        Answer created = user.post("/api/agents", body);

        // Then
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        assertThat(created.body().at("/agent/metadata/image").isString()).isTrue();
        assertThat(created.body().at("/agent/metadata/resources").size()).isEqualTo(4);
    }

    @Test
    void xApiKeyIsAcceptedToo() {
        // When
        Answer list = user.as(null).get("/api/agents", "X-API-Key", String.valueOf(user.credential()));

        // Then
        assertThat(list.status()).isEqualTo(200);
    }

    /** What telemetry does: the records of the log become rows. */
    private void project(AgentId agent) {
        Heartbeats heartbeats = new Heartbeats(station.store());
        Metrics metrics = new Metrics(station.store());
        others.records(Topic.HEARTBEATS).stream()
                .filter(record -> OtherServices.key(record).equals(agent.toString()))
                .map(record -> new StoredHeartbeat(
                        agent,
                        Instant.ofEpochMilli(record.timestamp()),
                        record.offset(),
                        Wire.read(record.value(), Heartbeat.class)))
                .forEach(
                        stored -> heartbeats.write(stored).toCompletableFuture().join());
        List<StoredMetrics> reports = others.records(Topic.METRICS).stream()
                .filter(record -> OtherServices.key(record).equals(agent.toString()))
                .map(record -> new StoredMetrics(
                        agent,
                        Instant.ofEpochMilli(record.timestamp()),
                        record.offset(),
                        Wire.read(record.value(), MetricsReport.class)))
                .toList();
        reports.forEach(stored -> metrics.write(stored).toCompletableFuture().join());
        new LatestReports(station.store())
                .ofHeartbeats(
                        List.of(new StoredHeartbeat(agent, Instant.now(), 1, new Heartbeat(HeartbeatMode.IDLE, 0))))
                .get(0)
                .start()
                .get()
                .toCompletableFuture()
                .join();
    }

    static AgentId id(Answer created) {
        return AgentId.of(created.body().at("/agent/uuid").asString());
    }
}
