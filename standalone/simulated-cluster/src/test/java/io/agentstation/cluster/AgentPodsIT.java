package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods run the real agent, which reports to a real HTTP server. */
class AgentPodsIT {

    private final String agentId = UUID.randomUUID().toString();
    private HttpStation station;
    private ClusterFixture fixture;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        station = new HttpStation();
        fixture = new ClusterFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
        station.close();
    }

    @Test
    void anAgentReportsWithTheTokenFromItsSecret() {
        secret("agt_from_secret");

        deploy("worker", "station-agent:1");

        await().untilAsserted(() -> {
            assertThat(station.calls("/api/agents/" + agentId + "/heartbeat"))
                    .extracting(HttpStation.Call::authorization)
                    .contains("Bearer agt_from_secret");
            assertThat(station.calls("/api/agents/" + agentId + "/metrics")).isNotEmpty();
        });
    }

    @Test
    void aSilentOneRunsAndIsNeverHeard() {
        secret("agt_from_secret");

        deploy("mute", "simulate/silent");
        deploy("worker", "station-agent:1");

        await().until(() -> !station.calls("heartbeat").isEmpty() && isReady("mute") && isReady("worker"));
        assertThat(station.calls(""))
                .as("one heartbeat and one report, of the worker")
                .hasSizeBetween(1, 2);
    }

    @Test
    void aPodWaitsForItsSecret() {
        deploy("worker", "station-agent:1");
        await().until(() -> !containers("worker").isEmpty());
        var waiting = containers("worker").get(0).getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(waiting.getMessage()).isEqualTo("secret \"token\" not found");
        assertThat(pods("worker").get(0).getStatus().getPhase()).isEqualTo("Pending");

        secret("agt_late");

        await().until(() -> !station.calls("heartbeat").isEmpty());
    }

    @Test
    void theLogIsTheAgents() {
        secret("agt_from_secret");
        deploy("worker", "station-agent:1");
        await().until(() -> !station.calls("heartbeat").isEmpty());
        var pod = client().pods()
                .inNamespace("agents")
                .withName(pods("worker").get(0).getMetadata().getName());

        await().untilAsserted(() -> assertThat(pod.getLog()).contains("heartbeat acknowledged, state ACTIVE"));

        assertThat(pod.getLog().lines().count()).isGreaterThanOrEqualTo(2);
        assertThat(pod.tailingLines(1).getLog().lines()).hasSize(1);
        assertThat(pod.usingTimestamps().getLog().lines())
                .allSatisfy(line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z .*"));
        assertThat(pod.getLog()).doesNotContain("agt_from_secret");
        assertThat(client().apps()
                        .deployments()
                        .inNamespace("agents")
                        .withName("worker")
                        .getLog())
                .contains("reports to");
    }

    @Test
    void aDeletedDeploymentFallsSilent() {
        secret("agt_from_secret");
        deploy("worker", "station-agent:1");
        await().until(() -> !station.calls("heartbeat").isEmpty());

        client().apps().deployments().inNamespace("agents").withName("worker").delete();
        await().until(() -> pods("worker").isEmpty());
        int heard = station.calls("heartbeat").size();

        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(8))
                .until(() -> station.calls("heartbeat").size() == heard);
    }

    @Test
    void anAgentThatIsToldToEndIsRestartedLater() {
        station.answerWith(410);
        secret("agt_from_secret");

        deploy("worker", "station-agent:1");

        await().until(() -> containers("worker").stream()
                .anyMatch(container -> container.getLastState().getTerminated() != null));
        ContainerStatus status = containers("worker").get(0);
        assertThat(status.getReady()).isFalse();
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getLastState().getTerminated().getExitCode()).isZero();
    }

    @Test
    void everythingSurvivesARestart() {
        secret("agt_from_secret");
        deploy("worker", "station-agent:1");
        await().until(() -> isReady("worker") && !station.calls("heartbeat").isEmpty());
        Pod before = pods("worker").get(0);
        String url = fixture.cluster().url().toString();

        fixture.restart();
        int heard = station.calls("heartbeat").size();

        Pod after = pods("worker").get(0);
        assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
        assertThat(Long.parseLong(after.getMetadata().getResourceVersion()))
                .isGreaterThanOrEqualTo(Long.parseLong(before.getMetadata().getResourceVersion()));
        assertThat(fixture.cluster().url()).as("the kubeconfig stays valid").hasToString(url);
        await().until(() -> station.calls("heartbeat").size() > heard);
        await().until(() -> isReady("worker"));
        assertThat(pods("worker"))
                .singleElement()
                .satisfies(pod -> assertThat(
                                pod.getStatus().getContainerStatuses().get(0).getRestartCount())
                        .isZero());
    }

    private KubernetesClient client() {
        return fixture.client();
    }

    private void secret(String token) {
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("token")
                        .withNamespace("agents")
                        .endMetadata()
                        .withStringData(Map.of("token", token))
                        .build())
                .serverSideApply();
    }

    private void deploy(String name, String image) {
        EnvVar[] env = {
            Manifests.value("STATION_URL", station.url()),
            Manifests.value("STATION_AGENT_ID", agentId),
            Manifests.value("STATION_HEARTBEAT_MODE", "EMERGENCY"),
            Manifests.value("STATION_AGENT_TOKEN_FILE", "/var/run/station/token"),
            Manifests.fromSecret("STATION_AGENT_TOKEN", "token", "token")
        };
        client().resource(Manifests.deployment(name, image, env)).serverSideApply();
    }

    private boolean isReady(String name) {
        return client().apps()
                .deployments()
                .inNamespace("agents")
                .withName(name)
                .isReady();
    }

    private List<ContainerStatus> containers(String app) {
        return pods(app).stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .toList();
    }

    private List<Pod> pods(String app) {
        return client().pods()
                .inNamespace("agents")
                .withLabel("app", app)
                .list()
                .getItems();
    }
}
