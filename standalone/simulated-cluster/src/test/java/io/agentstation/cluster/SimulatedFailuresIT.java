package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.kubelet.PodPacing;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images that fail, as a client of the cluster sees them. */
class SimulatedFailuresIT {

    /** Back-offs of 10 s pass in 200 ms. */
    private static final ClusterSettings FAST = new ClusterSettings(
            new PodPacing(Duration.ofMillis(50), Duration.ofMillis(50), 50), Duration.ofMillis(200), Optional.empty());

    private ClusterFixture fixture;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        fixture = new ClusterFixture(directory, FAST);
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void anImageThatCannotBePulledIsTriedAgainAndSaidWhy() {
        deploy("simulate/image-pull-failure:1");

        await().untilAsserted(() -> assertThat(container().getState().getWaiting())
                .satisfies(waiting -> assertThat(waiting.getReason()).isEqualTo("ErrImagePull")));
        await().untilAsserted(() -> assertThat(container().getState().getWaiting())
                .satisfies(waiting -> assertThat(waiting.getReason()).isEqualTo("ImagePullBackOff")));
        assertThat(container().getState().getWaiting().getMessage())
                .startsWith("Back-off pulling image \"simulate/image-pull-failure:1\"");
        assertThat(pod().getStatus().getPhase()).isEqualTo("Pending");
        await().untilAsserted(() -> assertThat(reasons("Pod", "worker"))
                .contains("Scheduled", "Pulling", "Failed", "BackOff")
                .doesNotContain("Started"));
        await("pulled again")
                .untilAsserted(() -> assertThat(events("Pod", "worker")).anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo("Pulling");
                    assertThat(event.getCount()).isGreaterThan(1);
                }));
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> podResource().getLog())
                .withMessageContaining("waiting to start");
    }

    @Test
    void aContainerThatCrashesIsRestartedEverLaterAndKeepsItsLastLog() {
        deploy("simulate/crash-loop");

        await().untilAsserted(() -> assertThat(container().getRestartCount()).isGreaterThanOrEqualTo(2));

        var terminated = container().getLastState().getTerminated();
        assertThat(terminated.getExitCode()).isEqualTo(1);
        assertThat(terminated.getReason()).isEqualTo("Error");
        await().untilAsserted(() -> assertThat(container().getState().getWaiting())
                .isNotNull()
                .satisfies(waiting -> {
                    assertThat(waiting.getReason()).isEqualTo("CrashLoopBackOff");
                    assertThat(waiting.getMessage())
                            .matches("back-off (40s|1m20s|2m40s|5m0s) restarting failed container=agent pod=worker-.+");
                }));
        assertThat(container().getReady()).isFalse();
        assertThat(podResource().terminated().getLog()).contains("starting", "ends with exit code 1");
        assertThat(reasons("Pod", "worker")).contains("Created", "Started", "BackOff");
    }

    @Test
    void theFirstBackOffIsTenSeconds() {
        deploy("simulate/crash-loop");

        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(container().getState().getWaiting())
                        .isNotNull()
                        .satisfies(waiting -> assertThat(waiting.getMessage())
                                .startsWith("back-off 10s restarting failed container=agent")));
    }

    @Test
    void oneThatIsNeverReadyRunsAndSaysWhy() {
        deploy("simulate/never-ready");

        await().untilAsserted(
                        () -> assertThat(container().getState().getRunning()).isNotNull());
        await().untilAsserted(() -> assertThat(events("Pod", "worker")).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("Unhealthy");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).startsWith("Readiness probe failed");
        }));
        assertThat(container().getReady()).isFalse();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("agents")
                        .withName("worker")
                        .isReady())
                .isFalse();
    }

    @Test
    void oneThatStopsSlowlyStaysForItsWholeGracePeriodUnlessForced() {
        deploy("simulate/slow-stop");
        await().untilAsserted(() -> assertThat(container().getReady()).isTrue());
        Pod first = pod();

        podResource().withGracePeriod(2).delete();

        await().during(Duration.ofMillis(1_200))
                .atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(client.resource(first).get())
                        .isNotNull()
                        .satisfies(pod -> assertThat(pod.isMarkedForDeletion()).isTrue()));
        await().atMost(Duration.ofSeconds(4)).until(() -> client.resource(first).get() == null);
        assertThat(reasons("Pod", "worker")).contains("Killing");
        await().until(() -> pods().size() == 1);
        Pod second = pod();
        client.resource(second).withGracePeriod(0).delete();
        assertThat(client.resource(second).get()).isNull();
    }

    @Test
    void everyControllerWritesItsEvents() {
        deploy("simulate/silent");

        await().untilAsserted(() -> {
            assertThat(reasons("Deployment", "worker")).contains("ScalingReplicaSet");
            assertThat(reasons("ReplicaSet", "worker")).contains("SuccessfulCreate");
            assertThat(reasons("Pod", "worker")).contains("Scheduled", "Pulling", "Pulled", "Created", "Started");
        });
        assertThat(events("Pod", "worker")).allSatisfy(event -> {
            assertThat(event.getInvolvedObject().getUid())
                    .isEqualTo(pod().getMetadata().getUid());
            assertThat(event.getFirstTimestamp()).isNotBlank();
        });
    }

    private void deploy(String image) {
        client.resource(Manifests.deployment("worker", image)).create();
        await().until(() ->
                !pods().isEmpty() && !pod().getStatus().getContainerStatuses().isEmpty());
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace("agents")
                .withLabel("app", "worker")
                .list()
                .getItems();
    }

    private Pod pod() {
        return pods().get(0);
    }

    private PodResource podResource() {
        return client.pods().inNamespace("agents").withName(pod().getMetadata().getName());
    }

    private ContainerStatus container() {
        return pod().getStatus().getContainerStatuses().get(0);
    }

    private List<Event> events(String kind, String prefix) {
        return client.v1().events().inNamespace("agents").list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind)
                        && event.getInvolvedObject().getName().startsWith(prefix))
                .toList();
    }

    private List<String> reasons(String kind, String prefix) {
        return events(kind, prefix).stream().map(Event::getReason).toList();
    }
}
