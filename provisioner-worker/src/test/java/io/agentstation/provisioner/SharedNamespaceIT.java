package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.cluster.SimulatedCluster;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.cluster.KubernetesCluster;
import io.agentstation.provisioner.cluster.NamespaceQuota;
import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.provisioner.sweep.Sweep;
import io.agentstation.provisioner.sweep.SweepRules;
import io.agentstation.provisioner.testing.FakeRecords;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stations on one namespace, each with a store of its own, never touch each other's agents. */
class SharedNamespaceIT {

    private static final SweepRules WITHOUT_GUARDS = new SweepRules(Integer.MAX_VALUE, 1, Duration.ZERO);

    private SimulatedCluster simulated;
    private KubernetesClient client;
    private KubernetesCluster one;
    private KubernetesCluster two;

    @BeforeEach
    void start(@TempDir Path directory) {
        simulated = SimulatedCluster.start(directory.resolve("cluster"), 0);
        simulated.writeKubeconfig(directory.resolve("kubeconfig"));
        client = new KubernetesClientBuilder()
                .withConfig(
                        Config.fromKubeconfig(directory.resolve("kubeconfig").toFile()))
                .build();
        one = new KubernetesCluster(client, "agents", "one", NamespaceQuota.NONE);
        two = new KubernetesCluster(client, "agents", "two", NamespaceQuota.NONE);
    }

    @AfterEach
    void stop() {
        client.close();
        simulated.close();
    }

    @Test
    void aNameThatTheOtherUsesIsRefusedAndItsObjectsStay() {
        one.apply(objects(row("alpha"), "one"));
        Set<String> before = uids(one);

        assertThatThrownBy(() -> two.apply(objects(row("alpha"), "two")))
                .isInstanceOf(ClusterFailure.Transient.class)
                .hasMessageContaining("does not belong to this agent");

        assertThat(uids(one)).isEqualTo(before);
    }

    @Test
    void theRemovalOfANamesakeLeavesTheOthersCertificateAlone() {
        one.apply(objects(row("alpha"), "one"));
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("alpha-tls")
                        .withNamespace("agents")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .build())
                .serverSideApply();

        // Never applied, for the name was taken on the cluster; in the other's store it owns it.
        List<String> left = two.remove(row("alpha"), () -> true);

        assertThat(left).isEmpty();
        assertThat(client.secrets().inNamespace("agents").withName("alpha-tls").get())
                .isNotNull();
        Set<String> before = uids(one);
        assertThat(before).isNotEmpty();
    }

    @Test
    void aSweepSeesItsOwnStationOnlyWhateverItsStoreSays() {
        one.apply(objects(row("alpha"), "one"));
        two.apply(objects(row("beta"), "two"));
        Set<String> before = uids(one);
        FakeRecords emptied = new FakeRecords();
        DesiredAgent unrelated = row("gamma");
        emptied.rows.put(unrelated.agentId(), unrelated);
        OwnedPartitions owned = new OwnedPartitions();
        owned.add(List.of(1));

        var report = new Sweep(emptied, two, owned, new AgentLocks(), WITHOUT_GUARDS, Clock.systemUTC()).sweep();

        assertThat(report.deleted()).as("beta").isEqualTo(1);
        assertThat(uids(one)).isEqualTo(before);
    }

    private static Set<String> uids(KubernetesCluster of) {
        return of.listAll().stream()
                .filter(object -> !Set.of("Pod", "ReplicaSet").contains(object.getKind()))
                .map((HasMetadata object) -> object.getMetadata().getUid())
                .collect(Collectors.toSet());
    }

    private static AgentObjects objects(DesiredAgent row, String station) {
        ManifestSettings settings = new ManifestSettings(
                station, "agents", "example.org", URI.create("http://127.0.0.1:9"), null, null, null, "agent:1");
        return new AgentObjects(row, settings, "agt_test", Map.of());
    }

    private static DesiredAgent row(String name) {
        var provision = Samples.provision(Samples.fresh(), name);
        return new DesiredAgent(
                1,
                provision.agentId(),
                0,
                1,
                Phase.RUN,
                Samples.spec(name),
                provision.commandId(),
                provision.operation(),
                null,
                0);
    }
}
