package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station-agent beside another container reports as long as that one is ready, and only then. */
class SidecarPodsIT {

    // Back-offs as long as a kubelet's: 10 s before the first restart.
    private static final ClusterSettings SLOW = new ClusterSettings(
            new io.agentstation.cluster.kubelet.PodPacing(Duration.ofMillis(50), Duration.ofMillis(50), 1),
            Duration.ofSeconds(1),
            java.util.Optional.empty());

    private final String healthy = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private HttpStation station;
    private ClusterFixture fixture;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        station = new HttpStation();
        fixture = new ClusterFixture(directory, SLOW);
    }

    @AfterEach
    void stop() {
        fixture.close();
        station.close();
    }

    @Test
    void theSidecarReportsForAContainerThatCannotAndTheContainerDoesNot() {
        deploy("site", "nginxinc/nginx-unprivileged:alpine", healthy);

        await().atMost(Duration.ofSeconds(30)).until(() -> heartbeats(healthy) >= 3);

        // One in 4.5 to 5 s each: two reporters would have been heard twice at once.
        assertThat(station.calls("/api/agents/" + healthy + "/metrics")).hasSize(1);
    }

    @Test
    void aContainerThatDiesSilencesItsSidecar() {
        deploy("dying", "simulate/crash-loop", other);
        deploy("site", "nginxinc/nginx-unprivileged:alpine", healthy);

        await().atMost(Duration.ofSeconds(20)).until(() -> heartbeats(healthy) >= 2);

        assertThat(heartbeats(other)).as("at its start, when it was ready").isLessThanOrEqualTo(1);
    }

    @Test
    void aContainerThatIsNeverReadyIsNeverSpokenFor() {
        deploy("unready", "simulate/never-ready", other);
        deploy("site", "nginxinc/nginx-unprivileged:alpine", healthy);

        await().atMost(Duration.ofSeconds(20)).until(() -> heartbeats(healthy) >= 2);

        assertThat(heartbeats(other)).isZero();
    }

    private int heartbeats(String agent) {
        return station.calls("/api/agents/" + agent + "/heartbeat").size();
    }

    private void deploy(String name, String image, String agent) {
        Deployment alone = Manifests.deployment(
                name,
                image,
                Manifests.value("STATION_URL", station.url()),
                Manifests.value("STATION_AGENT_ID", agent),
                Manifests.value("STATION_AGENT_TOKEN", "agt_test"),
                Manifests.value("STATION_HEARTBEAT_MODE", "EMERGENCY"),
                Manifests.value("STATION_HEARTBEATS", "sidecar"));
        Container own = alone.getSpec().getTemplate().getSpec().getContainers().get(0);
        Container sidecar = new ContainerBuilder(own)
                .withName("heartbeat")
                .withImage("example/station-agent:1")
                .editMatchingEnv(variable -> variable.getName().equals("STATION_HEARTBEATS"))
                .withName("STATION_WATCH_PORT")
                .withValue("8080")
                .endEnv()
                .build();
        Deployment both = new DeploymentBuilder(alone)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withContainers(
                        new ContainerBuilder(own)
                                .addNewPort()
                                .withContainerPort(8080)
                                .endPort()
                                .build(),
                        sidecar)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        fixture.client().resource(both).create();
    }
}
