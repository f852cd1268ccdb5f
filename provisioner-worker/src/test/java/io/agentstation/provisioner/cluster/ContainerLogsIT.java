package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.cluster.SimulatedCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many read logs at once over few connections, and nobody's reading disturbs another's. */
class ContainerLogsIT {

    private static final int READERS = 6;
    private static final int TIMES = 100;
    private static final String NAMESPACE = "agents";
    // Its container has ended: what follows its log comes to an end as well.
    private static final String IMAGE = "simulate/crash-loop";

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    // Not of each reading: a start that begins anew has printed nothing yet.
    private final AtomicInteger lines = new AtomicInteger();
    private SimulatedCluster cluster;
    private KubernetesClient client;
    private ContainerStart start;

    @BeforeEach
    void startAPod(@TempDir Path directory) throws IOException {
        cluster = SimulatedCluster.start(directory, 0);
        Path kubeconfig = directory.resolve("kubeconfig");
        cluster.writeKubeconfig(kubeconfig);
        client = ClusterConnection.open(new ClusterSettings(kubeconfig, null));
        new ApiServerObjects(client, new AgentNamespace(client, NAMESPACE, NamespaceQuota.NONE), "station-1")
                .ensureNamespace();
        client.resource(pod()).create();
        await("the container's end").atMost(Duration.ofSeconds(60)).until(() -> !read().isEmpty());
        start = starts().get(0);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        client.close();
        cluster.close();
    }

    @Test
    void readAtOnce() throws Exception {
        ContainerLogs logs = new ContainerLogs(client, NAMESPACE);

        atOnce(() ->
                lines.addAndGet(logs.tail(start, true, Optional.empty(), 100).size()));

        assertThat(lines).hasPositiveValue();
    }

    @Test
    void followedToTheirEndsAtOnce() throws Exception {
        ContainerLogs logs = new ContainerLogs(client, NAMESPACE);

        atOnce(() -> logs.follow(start, Optional.empty(), line -> lines.incrementAndGet()));

        assertThat(lines).hasPositiveValue();
    }

    private void atOnce(Runnable reading) throws Exception {
        List<Future<?>> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            readers.add(threads.submit(() -> {
                for (int time = 0; time < TIMES; time++) {
                    reading.run();
                }
            }));
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
    }

    private List<ContainerStart> starts() {
        return ContainerStart.newest(client.pods().inNamespace(NAMESPACE).list().getItems());
    }

    private List<?> read() {
        ContainerLogs logs = new ContainerLogs(client, NAMESPACE);
        return starts().stream()
                .flatMap(seen -> logs.tail(seen, true, Optional.empty(), 100).stream())
                .toList();
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("crashing")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("agent")
                .withImage(IMAGE)
                .endContainer()
                .endSpec()
                .build();
    }
}
