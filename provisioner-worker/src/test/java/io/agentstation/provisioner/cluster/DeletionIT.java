package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.cluster.SimulatedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is what was read: an apply takes an object of the same name over and leaves it its UID. */
class DeletionIT {

    private SimulatedCluster cluster;
    private KubernetesClient client;
    private ApiServerObjects objects;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        cluster = SimulatedCluster.start(directory, 0);
        Path kubeconfig = directory.resolve("kubeconfig");
        cluster.writeKubeconfig(kubeconfig);
        client = ClusterConnection.open(new ClusterSettings(kubeconfig, null));
        objects = new ApiServerObjects(client, new AgentNamespace(client, "agents", NamespaceQuota.NONE), "station-1");
        objects.ensureNamespace();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void whatAnotherHasTakenOverSinceItWasReadStays() {
        ConfigMap read = (ConfigMap) objects.apply(of("first"));
        ConfigMap takenOver = (ConfigMap) objects.apply(of("successor"));
        assertThat(takenOver.getMetadata().getUid())
                .isEqualTo(read.getMetadata().getUid());

        objects.deleteAsRead(read);

        assertThat(objects.read(read)).contains(takenOver);
    }

    /** The control: by the UID alone the successor's is hit. */
    @Test
    void byItsUidAloneItWouldGo() {
        ConfigMap read = (ConfigMap) objects.apply(of("first"));
        objects.apply(of("successor"));

        objects.delete(read);

        assertThat(objects.read(read)).isEmpty();
    }

    @Test
    void whatIsAsItWasReadGoes() {
        ConfigMap read = (ConfigMap) objects.apply(of("first"));

        objects.deleteAsRead(read);
        objects.deleteAsRead(read);

        assertThat(objects.read(read)).isEmpty();
    }

    private static ConfigMap of(String agent) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("shared")
                .withNamespace("agents")
                .addToLabels("agent", agent)
                .endMetadata()
                .build();
    }
}
