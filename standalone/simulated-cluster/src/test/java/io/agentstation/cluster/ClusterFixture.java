package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** A cluster with the namespace {@code agents} and a client that reads its kubeconfig. */
final class ClusterFixture implements AutoCloseable {

    private final Path directory;
    private SimulatedCluster cluster;
    private KubernetesClient client;

    ClusterFixture(Path directory) {
        this.directory = directory;
        open();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("agents")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    KubernetesClient client() {
        return client;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    void restart() {
        close();
        open();
    }

    private void open() {
        cluster = SimulatedCluster.start(directory.resolve("cluster"), 0);
        Path kubeconfig = directory.resolve("kubeconfig");
        cluster.writeKubeconfig(kubeconfig);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
