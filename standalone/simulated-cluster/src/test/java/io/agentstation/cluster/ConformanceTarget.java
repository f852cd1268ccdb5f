package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * A cluster that is held to the conformance suite.
 *
 * @param namespace  the suite's own
 * @param image      one that runs until it is stopped and writes a line, started with the command of {@link Manifests}
 * @param otherImage another one
 * @param patience   for what the cluster does by itself
 * @param end        undoes all
 */
record ConformanceTarget(
        KubernetesClient client,
        String namespace,
        String image,
        String otherImage,
        Duration patience,
        boolean isSimulated,
        Runnable end)
        implements AutoCloseable {

    /** Names the kubeconfig of a real cluster. */
    static final String KUBECONFIG = "STATION_TEST_KUBECONFIG";

    /** Names an image of a real cluster that has {@code sh}. */
    private static final String IMAGE = "STATION_TEST_IMAGE";

    private static final String OTHER_IMAGE = "STATION_TEST_OTHER_IMAGE";

    /** A simulated cluster of its own. */
    static ConformanceTarget simulated(Path directory) {
        ClusterFixture fixture = new ClusterFixture(directory);
        return new ConformanceTarget(
                fixture.client(),
                "agents",
                "station-agent:1",
                "station-agent:2",
                Duration.ofSeconds(10),
                true,
                fixture::close);
    }

    /** The cluster that the environment names, in a new namespace, which is deleted at the end. */
    static ConformanceTarget real() {
        Map<String, String> environment = System.getenv();
        Path kubeconfig = Path.of(environment.getOrDefault(KUBECONFIG, ""));
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        String namespace = "station-conformance-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return new ConformanceTarget(
                client,
                namespace,
                environment.getOrDefault(IMAGE, "busybox:1.36"),
                environment.getOrDefault(OTHER_IMAGE, "busybox:1.37"),
                Duration.ofMinutes(3),
                false,
                () -> {
                    client.namespaces().withName(namespace).delete();
                    client.close();
                });
    }

    @Override
    public void close() {
        end.run();
    }
}
