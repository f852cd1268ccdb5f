package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deployments, pods, deletion, garbage collection, watches and logs. */
abstract class WorkloadsConformance extends Conformance {

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

        client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("worker")
                .scale(3);
        ready("worker", 3);
        client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("worker")
                .scale(0);

        await().until(() -> pods("worker").isEmpty());
    }

    @Test
    void aDeletedPodIsReplaced() {
        deploy("worker");
        ready("worker", 1);
        Pod first = pods("worker").get(0);

        client().resource(first).delete();

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

        client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("worker")
                .edit(deployment -> {
                    deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0)
                            .setImage(target().otherImage());
                    return deployment;
                });

        await().untilAsserted(() -> assertThat(pods("worker")).hasSize(1).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getUid())
                    .isNotEqualTo(first.getMetadata().getUid());
            assertThat(pod.getSpec().getContainers().get(0).getImage()).isEqualTo(target().otherImage());
        }));
        assertThat(client().apps().replicaSets().inNamespace(namespace()).list().getItems())
                .hasSize(2);
    }

    @Test
    void rolloutRestartReplacesThePods() {
        deploy("worker");
        ready("worker", 1);
        Pod first = pods("worker").get(0);

        client().apps()
                .deployments()
                .inNamespace(namespace())
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
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("owned")
                        .withNamespace(namespace())
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

        client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("worker")
                .delete();

        await().untilAsserted(() -> {
            assertThat(pods("worker")).isEmpty();
            assertThat(client().apps()
                            .replicaSets()
                            .inNamespace(namespace())
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client().configMaps().inNamespace(namespace()).list().getItems())
                    .isEmpty();
        });
    }

    @Test
    void aForegroundDeletionKeepsTheOwnerUntilItsPodsAreGone() {
        deploy("worker");
        ready("worker", 1);
        var resource = client().apps().deployments().inNamespace(namespace()).withName("worker");

        resource.withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        assertThat(resource.get().isMarkedForDeletion()).isTrue();
        await().until(() -> resource.get() == null);
        assertThat(pods("worker")).isEmpty();
    }

    @Test
    void anObjectWithoutItsOwnerIsCollected() {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("orphan")
                        .withNamespace(namespace())
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("ConfigMap")
                                .withName("nobody")
                                .withUid("00000000-0000-0000-0000-000000000000")
                                .build())
                        .endMetadata()
                        .build())
                .create();

        await().until(() -> client().configMaps()
                        .inNamespace(namespace())
                        .withName("orphan")
                        .get()
                == null);
    }

    @Test
    void aDeletionWithAnotherUidIsRefused() {
        Deployment deployment = deploy("worker");

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> delete(deployment, "11111111-1111-1111-1111-111111111111"))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(409));
        assertThat(client().resource(deployment).get()).isNotNull();
        delete(deployment, deployment.getMetadata().getUid());

        await().until(() -> client().resource(deployment).get() == null);
    }

    @Test
    void anInformerSeesEverything() {
        try (var informer = client().pods()
                .inNamespace(namespace())
                .withLabel("app", "worker")
                .inform()) {
            deploy("worker");
            deploy("other");

            await().until(() -> informer.getStore().list().stream()
                    .anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
            assertThat(informer.getStore().list())
                    .allMatch(
                            pod -> "worker".equals(pod.getMetadata().getLabels().get("app")));
            client().apps()
                    .deployments()
                    .inNamespace(namespace())
                    .withName("worker")
                    .delete();

            await().until(() -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void aWatchFromAListMissesNothing() {
        String version = client().configMaps()
                .inNamespace(namespace())
                .list()
                .getMetadata()
                .getResourceVersion();
        configMap("missed");
        List<String> seen = new CopyOnWriteArrayList<>();
        ListOptions from = new ListOptionsBuilder().withResourceVersion(version).build();
        try (var unused = client().configMaps().inNamespace(namespace()).watch(from, new Names(seen))) {
            configMap("live");
            client().configMaps().inNamespace(namespace()).withName("live").delete();

            await().untilAsserted(
                            () -> assertThat(seen).containsSubsequence("ADDED missed", "ADDED live", "DELETED live"));
        }
    }

    @Test
    void logsAreCutDatedAndOfTheRightStart() {
        deploy("worker");
        ready("worker", 1);
        PodResource pod = client().pods()
                .inNamespace(namespace())
                .withName(pods("worker").get(0).getMetadata().getName());

        await().untilAsserted(() -> assertThat(pod.getLog()).isNotBlank());

        assertThat(pod.tailingLines(1).getLog().lines()).hasSize(1);
        assertThat(pod.usingTimestamps().getLog().lines())
                .allSatisfy(line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\dT\\S+ .*"));
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> pod.terminated().getLog())
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(400))
                .withMessageContaining("previous terminated container");
    }

    @Test
    void deletingANamespaceEmptiesIt() {
        deploy("worker");
        ready("worker", 1);

        client().namespaces().withName(namespace()).delete();

        await().until(() -> client().namespaces().withName(namespace()).get() == null);
        assertThat(pods("worker")).isEmpty();
    }

    private void configMap(String name) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace())
                        .endMetadata()
                        .build())
                .create();
    }

    private void delete(Deployment deployment, String uid) {
        Preconditions only = new Preconditions();
        only.setUid(uid);
        DeleteOptions options = new DeleteOptions();
        options.setPreconditions(only);
        String path = "/apis/apps/v1/namespaces/" + namespace() + "/deployments/"
                + deployment.getMetadata().getName();
        var unused = client().raw(path, "DELETE", options);
    }

    private record Names(List<String> seen) implements Watcher<ConfigMap> {

        @Override
        public void eventReceived(Action action, ConfigMap object) {
            seen.add(action + " " + object.getMetadata().getName());
        }

        @Override
        public void onClose(WatcherException cause) {
            seen.add("ended: " + cause.getMessage());
        }
    }

    private Deployment deploy(String name) {
        return client().resource(deployment(name)).create();
    }

    private Deployment ready(String name, int replicas) {
        return client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName(name)
                .waitUntilCondition(
                        deployment -> deployment != null
                                && deployment.getStatus() != null
                                && Integer.valueOf(replicas)
                                        .equals(deployment.getStatus().getReadyReplicas())
                                && Integer.valueOf(replicas)
                                        .equals(deployment.getStatus().getReplicas()),
                        target().patience().toSeconds(),
                        TimeUnit.SECONDS);
    }

    private List<Pod> pods(String app) {
        return client().pods()
                .inNamespace(namespace())
                .withLabel("app", app)
                .list()
                .getItems();
    }
}
