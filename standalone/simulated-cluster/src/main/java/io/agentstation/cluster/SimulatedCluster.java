package io.agentstation.cluster;

import io.agentstation.agent.AgentRuntime;
import io.agentstation.cluster.api.ApiServer;
import io.agentstation.cluster.certificates.Certificates;
import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.http.LoopbackServers;
import io.agentstation.cluster.ingress.IngressServer;
import io.agentstation.cluster.ingress.ServedIngresses;
import io.agentstation.cluster.kubelet.Kubelet;
import io.agentstation.cluster.kubelet.PodLogs;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.GarbageCollector;
import io.agentstation.cluster.objects.ObjectFiles;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import io.agentstation.cluster.objects.ResourceKind;
import io.agentstation.cluster.quota.Quotas;
import io.agentstation.cluster.workloads.Workloads;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Kubernetes cluster in this JVM: its API over HTTP on a loopback port, its controllers and one node, whose pods run the
 * real station agent.
 *
 * <p>All objects survive a restart, also one by kill -9: pods that ran are run again. All threads are daemons.
 */
public final class SimulatedCluster implements AutoCloseable {

    private static final List<String> FIRST_NAMESPACES = List.of("default", "kube-system");

    private final ClusterDirectory directory;
    private final ClusterLoop loop = new ClusterLoop("cluster-loop");
    private final ClusterLoop timers = new ClusterLoop("cluster-agents");
    private final ExecutorService agentThreads = Executors.newFixedThreadPool(2, SimulatedCluster::agentThread);
    private final Kubelet kubelet;
    private final LoopbackServers servers = new LoopbackServers();
    private final int apiPort;
    private final int ingressPort;

    private SimulatedCluster(Path path, int port, ClusterSettings settings, ClusterDirectory directory) {
        this.directory = directory;
        Clock clock = Clock.systemUTC();
        RandomGenerator random = new SecureRandom();
        RandomNames names = new RandomNames(random);
        PodLogs logs = new PodLogs(clock);
        ObjectStore store = new ObjectStore(new ObjectFiles(path), clock);
        FIRST_NAMESPACES.forEach(name -> ensureNamespace(store, name));
        HttpClient client = HttpClient.newBuilder().executor(agentThreads).build();
        AgentRuntime agents = new AgentRuntime(client, timers, clock, random);
        Events events = new Events(store, clock);
        this.kubelet = new Kubelet(store, loop, logs, agents, events, settings.pods());
        new Quotas(store, loop).start();
        settings.quota().ifPresent(quota -> quota.start(store, loop));
        new GarbageCollector(store, loop).start();
        new Workloads(store, loop, names, events, clock).start();
        new Certificates(store, loop, events, clock, settings.certificate()).start();
        new ServedIngresses(store, loop, events).start();
        kubelet.start();
        this.apiPort = listen(
                ClusterDirectory.API_PORT, port, ports -> ApiServer.start(servers, store, logs, names, clock, ports));
        this.ingressPort = listen(
                ClusterDirectory.INGRESS_PORT, 0, ports -> IngressServer.start(servers, store, kubelet::page, ports));
    }

    private int listen(String file, int wanted, ToIntFunction<List<Integer>> start) {
        int port = start.applyAsInt(directory.ports(file, wanted));
        directory.remember(file, port);
        return port;
    }

    /** {@link #start(Path, int, ClusterSettings)} with the default settings. */
    public static SimulatedCluster start(Path directory, int port) {
        return start(directory, port, ClusterSettings.DEFAULTS);
    }

    /**
     * Starts a cluster with the objects that the directory holds.
     *
     * @param directory made when it is absent; one cluster at a time
     * @param port      0 for the port it had last, or any free one; a port that is taken is replaced by a free one
     * @throws IllegalStateException when another cluster runs in the directory
     */
    public static SimulatedCluster start(Path directory, int port, ClusterSettings settings) {
        ClusterDirectory taken = new ClusterDirectory(directory);
        boolean started = false;
        try {
            SimulatedCluster cluster = new SimulatedCluster(directory, port, settings, taken);
            started = true;
            return cluster;
        } finally {
            if (!started) {
                taken.close();
            }
        }
    }

    /** Where the API is, plain http on the loopback address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + apiPort);
    }

    /** Where the agents' hosts are served, plain http on the loopback address. */
    public URI ingressUrl() {
        return URI.create("http://127.0.0.1:" + ingressPort);
    }

    /** Writes a kubeconfig for this cluster, for kubectl and for {@code Config.fromKubeconfig}. */
    public void writeKubeconfig(Path file) {
        Kubeconfig.write(file, url());
    }

    /** Ends the API, the agents and all threads; the objects stay. */
    @Override
    public void close() {
        servers.close();
        loop.runToEnd(kubelet::stop);
        timers.shutdownNow();
        agentThreads.shutdownNow();
        directory.close();
    }

    private static void ensureNamespace(ObjectStore store, String name) {
        ObjectKey key = new ObjectKey(ResourceKind.NAMESPACE, "", name);
        if (store.get(key).isEmpty()) {
            ObjectNode namespace = ClusterObject.blank(key);
            namespace.putObject("status").put("phase", "Active");
            store.create(new ClusterObject(ResourceKind.NAMESPACE, namespace), false);
        }
    }

    private static Thread agentThread(Runnable task) {
        Thread thread = new Thread(task, "cluster-agent-http");
        thread.setDaemon(true);
        return thread;
    }
}
