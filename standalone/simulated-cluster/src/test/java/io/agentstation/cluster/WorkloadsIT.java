package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments, pods and deletion as fabric8's client sees them. */
class WorkloadsIT {

    private ClusterFixture fixture;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        fixture = new ClusterFixture(directory);
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aDeploymentBecomesAvailable() {
        deploy("worker");

        Deployment ready = ready("worker", 1);

        assertThat(ready.getStatus().getReplicas()).isEqualTo(1);
        assertThat(ready.getStatus().getUpdatedReplicas()).isEqualTo(1);
        assertThat(ready.getStatus().getAvailableReplicas()).isEqualTo(1);
        assertThat(ready.getStatus().getUnavailableReplicas()).isNull();
        assertThat(ready.getStatus().getObservedGeneration())
                .isEqualTo(ready.getMetadata().getGeneration());
        assertThat(ready.getStatus().getConditions())
                .extracting(
                        DeploymentCondition::getType,
                        DeploymentCondition::getStatus,
                        DeploymentCondition::getReason,
                        DeploymentCondition::getMessage)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability."));
        Pod pod = pods("worker").get(0);
        assertThat(pod.getMetadata().getName()).matches("worker-[a-z0-9]{8,10}-[a-z0-9]{5}");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getContainerStatuses().get(0).getReady()).isTrue();
    }

    @Test
    void scalesUpAndDown() {
        deploy("worker");
        ready("worker", 1);

        client.apps().deployments().inNamespace("agents").withName("worker").scale(3);
        ready("worker", 3);
        client.apps().deployments().inNamespace("agents").withName("worker").scale(0);

        await().until(() -> pods("worker").isEmpty());
    }

    @Test
    void aDeletedPodIsReplaced() {
        deploy("worker");
        ready("worker", 1);
        Pod first = pods("worker").get(0);

        client.resource(first).delete();

        await().until(() -> pods("worker").stream()
                .noneMatch(pod ->
                        pod.getMetadata().getUid().equals(first.getMetadata().getUid())));
        ready("worker", 1);
        assertThat(pods("worker")).hasSize(1);
    }

    @Test
    void aChangedTemplateReplacesThePods() {
        deploy("worker");
        ready("worker", 1);
        Pod first = pods("worker").get(0);

        client.apps().deployments().inNamespace("agents").withName("worker").edit(deployment -> {
            deployment.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("simulate/silent:2");
            return deployment;
        });

        await().untilAsserted(() -> assertThat(pods("worker")).hasSize(1).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getUid())
                    .isNotEqualTo(first.getMetadata().getUid());
            assertThat(pod.getSpec().getContainers().get(0).getImage()).isEqualTo("simulate/silent:2");
        }));
        assertThat(client.apps().replicaSets().inNamespace("agents").list().getItems())
                .hasSize(2);
    }

    @Test
    void rolloutRestartReplacesThePods() {
        deploy("worker");
        ready("worker", 1);
        Pod first = pods("worker").get(0);

        client.apps()
                .deployments()
                .inNamespace("agents")
                .withName("worker")
                .rolling()
                .restart();

        await().until(() -> pods("worker").stream()
                .noneMatch(pod ->
                        pod.getMetadata().getUid().equals(first.getMetadata().getUid())));
        ready("worker", 1);
    }

    @Test
    void deletingTheOwnerDeletesWhatHangsOnIt() {
        Deployment deployment = deploy("worker");
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("owned")
                        .withNamespace("agents")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("apps/v1")
                                .withKind("Deployment")
                                .withName("worker")
                                .withUid(deployment.getMetadata().getUid())
                                .build())
                        .endMetadata()
                        .build())
                .create();
        ready("worker", 1);

        client.apps().deployments().inNamespace("agents").withName("worker").delete();

        await().untilAsserted(() -> {
            assertThat(pods("worker")).isEmpty();
            assertThat(client.apps().replicaSets().inNamespace("agents").list().getItems())
                    .isEmpty();
            assertThat(client.configMaps().inNamespace("agents").list().getItems())
                    .isEmpty();
        });
    }

    @Test
    void aForegroundDeletionKeepsTheOwnerUntilItsPodsAreGone() {
        deploy("worker");
        ready("worker", 1);
        var resource = client.apps().deployments().inNamespace("agents").withName("worker");

        resource.withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        assertThat(resource.get().isMarkedForDeletion()).isTrue();
        await().until(() -> resource.get() == null);
        assertThat(pods("worker")).isEmpty();
    }

    @Test
    void anObjectWithoutItsOwnerIsCollected() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("orphan")
                        .withNamespace("agents")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("ConfigMap")
                                .withName("nobody")
                                .withUid("00000000-0000-0000-0000-000000000000")
                                .build())
                        .endMetadata()
                        .build())
                .create();

        await().until(() ->
                client.configMaps().inNamespace("agents").withName("orphan").get() == null);
    }

    @Test
    void aDeletionWithAnotherUidIsRefused() {
        Deployment deployment = deploy("worker");
        Preconditions wrong = new Preconditions();
        wrong.setUid("11111111-1111-1111-1111-111111111111");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> DeletionRequests.delete(fixture.cluster().url(), deployment, wrong.getUid()))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(409));
        DeletionRequests.delete(
                fixture.cluster().url(), deployment, deployment.getMetadata().getUid());

        assertThat(client.resource(deployment).get()).isNull();
    }

    @Test
    void anInformerSeesEverything() {
        try (var informer =
                client.pods().inNamespace("agents").withLabel("app", "worker").inform()) {
            deploy("worker");
            deploy("other");

            await().until(() -> informer.getStore().list().stream()
                    .anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
            assertThat(informer.getStore().list())
                    .allMatch(
                            pod -> "worker".equals(pod.getMetadata().getLabels().get("app")));
            client.apps().deployments().inNamespace("agents").withName("worker").delete();

            await().until(() -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void deletingANamespaceEmptiesIt() {
        deploy("worker");
        ready("worker", 1);

        client.namespaces().withName("agents").delete();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.namespaces().withName("agents").get() == null);
        assertThat(pods("worker")).isEmpty();
    }

    private Deployment deploy(String name) {
        return client.resource(Manifests.deployment(name, "simulate/silent")).create();
    }

    private Deployment ready(String name, int replicas) {
        return client.apps()
                .deployments()
                .inNamespace("agents")
                .withName(name)
                .waitUntilCondition(
                        deployment -> deployment != null
                                && deployment.getStatus() != null
                                && Integer.valueOf(replicas)
                                        .equals(deployment.getStatus().getReadyReplicas())
                                && Integer.valueOf(replicas)
                                        .equals(deployment.getStatus().getReplicas()),
                        10,
                        TimeUnit.SECONDS);
    }

    private List<Pod> pods(String app) {
        return client.pods().inNamespace("agents").withLabel("app", app).list().getItems();
    }
}
