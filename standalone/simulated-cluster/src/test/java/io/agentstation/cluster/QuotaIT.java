package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.quota.NamespaceQuota;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace's quota: what exceeds it is refused in words, and comes as soon as there is room. */
class QuotaIT {

    private static final NamespaceQuota QUOTA =
            new NamespaceQuota("agents", Map.of("cpu", "2", "memory", "10Gi", "pods", "3"));

    private ClusterFixture fixture;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        fixture = new ClusterFixture(directory, ClusterSettings.DEFAULTS.withQuota(QUOTA));
        client = fixture.client();
        await().until(() -> quota("pods").isPresent());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void thePodThatExceedsItIsRefusedAndEverybodyIsTold() {
        client.resource(asking("worker", 3, "1", "1Gi")).create();

        await().untilAsserted(() -> assertThat(conditionMessage("worker"))
                .matches(
                        "pods \"worker-[a-z0-9-]+\" is forbidden: exceeded quota: agents-quota, requested: cpu=1, used:"
                                + " cpu=2, limited: cpu=2"));
        await().untilAsserted(() ->
                assertThat(deployment("worker").getStatus().getReadyReplicas()).isEqualTo(2));
        assertThat(client.v1().events().inNamespace("agents").list().getItems()).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("FailedCreate");
            assertThat(event.getMessage()).startsWith("Error creating: pods ");
        });
        await().untilAsserted(() -> {
            assertThat(quota("cpu")).contains(new Quantity("2"));
            assertThat(quota("memory")).contains(new Quantity("2Gi"));
            assertThat(quota("pods")).contains(new Quantity("2"));
        });
    }

    /** Each refusal names another pod and so changes the status, which must not lead to the next attempt. */
    @Test
    void aRefusalIsNotRepeatedInALoop() {
        client.resource(asking("worker", 4, "100m", "1Gi")).create();
        await().untilAsserted(() -> assertThat(conditionMessage("worker")).isNotEmpty());

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(client.v1()
                                .events()
                                .inNamespace("agents")
                                .list()
                                .getItems())
                        .filteredOn(event -> event.getReason().equals("FailedCreate"))
                        .hasSizeLessThan(4));
    }

    @Test
    void whatWasRefusedComesWhenThereIsRoom() {
        client.resource(asking("first", 3, "100m", "1Gi")).create();
        await().until(() ->
                Integer.valueOf(3).equals(deployment("first").getStatus().getReadyReplicas()));
        client.resource(asking("second", 1, "100m", "1Gi")).create();
        await().untilAsserted(() -> assertThat(conditionMessage("second")).contains("used: pods=3, limited: pods=3"));

        client.apps().deployments().inNamespace("agents").withName("first").scale(2);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> Integer.valueOf(1)
                        .equals(deployment("second").getStatus().getReadyReplicas()));
        await().untilAsserted(() -> assertThat(conditionMessage("second")).isEmpty());
    }

    @Test
    void aPodOfNobodyIsHeldToItToo() {
        var pod = new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName("single")
                        .withNamespace("agents")
                        .build())
                .withSpec(asking("x", 1, "3", "1Gi").getSpec().getTemplate().getSpec())
                .build();

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resource(pod).create())
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403))
                .withMessageContaining("pods \"single\" is forbidden: exceeded quota: agents-quota, requested: cpu=3,"
                        + " used: cpu=0, limited: cpu=2");
        pod.getSpec().getContainers().get(0).setResources(null);
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> client.resource(pod).create())
                .withMessageContaining("failed quota: agents-quota: must specify cpu for: agent; memory for: agent");
    }

    @Test
    void theAdministratorsQuotaIsThereAgainAfterARestart() {
        client.resourceQuotas().inNamespace("agents").withName("agents-quota").edit(quota -> {
            quota.getSpec().setHard(Map.of("pods", new Quantity("1000")));
            return quota;
        });

        fixture.restart();

        await().untilAsserted(() -> assertThat(fixture.client()
                        .resourceQuotas()
                        .inNamespace("agents")
                        .withName("agents-quota")
                        .get()
                        .getStatus()
                        .getHard())
                .containsEntry("pods", new Quantity("3")));
    }

    private static Deployment asking(String name, int replicas, String cpu, String memory) {
        Deployment deployment = Manifests.deployment(name, "simulate/silent");
        deployment.getSpec().setReplicas(replicas);
        deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setResources(new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity(cpu))
                        .addToRequests("memory", new Quantity(memory))
                        .build());
        return deployment;
    }

    private Deployment deployment(String name) {
        return client.apps().deployments().inNamespace("agents").withName(name).get();
    }

    private String conditionMessage(String name) {
        return deployment(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("ReplicaFailure"))
                .map(condition -> condition.getMessage())
                .findFirst()
                .orElse("");
    }

    private Optional<Quantity> quota(String resource) {
        return client.resourceQuotas().inNamespace("agents").list().getItems().stream()
                .filter(quota -> quota.getMetadata().getName().equals("agents-quota"))
                .filter(quota -> quota.getStatus() != null && quota.getStatus().getUsed() != null)
                .map(quota -> quota.getStatus().getUsed().get(resource))
                .findFirst();
    }
}
