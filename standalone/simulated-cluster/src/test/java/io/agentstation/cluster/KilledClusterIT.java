package io.agentstation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's process is killed (SIGKILL) while it writes: what it acknowledged is there afterwards, whole. */
class KilledClusterIT {

    private static final int ACKNOWLEDGED = 200;

    @Test
    void whatWasAcknowledgedSurvivesAKill(@TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = readUntil(process, ACKNOWLEDGED);

        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        try (SimulatedCluster cluster = SimulatedCluster.start(directory, 0);
                KubernetesClient client = client(cluster, directory)) {
            ConfigMap written = client.configMaps()
                    .inNamespace("agents")
                    .withName("counter")
                    .get();
            assertThat(Integer.parseInt(written.getData().get("n"))).isGreaterThanOrEqualTo(last);
            ConfigMap next = client.resource(counter(-1)).forceConflicts().serverSideApply();
            assertThat(Long.parseLong(next.getMetadata().getResourceVersion()))
                    .isGreaterThan(Long.parseLong(written.getMetadata().getResourceVersion()));
        }
    }

    private static int readUntil(Process process, int wanted) throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        int last = 0;
        while (last < wanted) {
            String line = output.readLine();
            assertThat(line).as("the writer has ended early").isNotNull();
            last = Integer.parseInt(line);
        }
        return last;
    }

    private static KubernetesClient client(SimulatedCluster cluster, Path directory) {
        Path kubeconfig = directory.resolve("kubeconfig");
        cluster.writeKubeconfig(kubeconfig);
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    private static ConfigMap counter(int n) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("counter")
                .withNamespace("agents")
                .endMetadata()
                .addToData("n", Integer.toString(n))
                .build();
    }

    /** The process that is killed: counts up in a ConfigMap and prints each number that was acknowledged. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            SimulatedCluster cluster = SimulatedCluster.start(directory, 0);
            KubernetesClient client = client(cluster, directory);
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("agents")
                            .endMetadata()
                            .build())
                    .create();
            for (int n = 1; n < 1_000_000; n++) {
                client.resource(counter(n)).serverSideApply();
                System.out.println(n);
            }
        }
    }
}
