package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** A cluster with the namespace {@code agents} and a client that reads its kubeconfig. */
final class ClusterFixture implements AutoCloseable {

    private final Path directory;
    private final ClusterSettings settings;
    private SimulatedCluster cluster;
    private KubernetesClient client;

    ClusterFixture(Path directory) {
        this(directory, ClusterSettings.DEFAULTS);
    }

    ClusterFixture(Path directory, ClusterSettings settings) {
        this.directory = directory;
        this.settings = settings;
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

    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    void restart() {
        close();
        open();
    }

    private void open() {
        cluster = SimulatedCluster.start(directory.resolve("cluster"), 0, settings);
        Path kubeconfig = kubeconfig();
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
