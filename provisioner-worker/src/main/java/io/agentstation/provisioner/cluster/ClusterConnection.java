package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the client to the cluster. */
public final class ClusterConnection {

    // One attempt per call, and a short wait: what fails is tried again by the retry queue, which blocks nobody.
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int WATCH_RECONNECT_MS = 500;

    private static final String IN_CLUSTER = "KUBERNETES_SERVICE_HOST";

    private ClusterConnection() {}

    /**
     * A client; does not connect yet.
     *
     * @throws IllegalArgumentException when there is neither a kubeconfig nor a surrounding cluster
     */
    public static KubernetesClient open(ClusterSettings settings) {
        Config config = new ConfigBuilder(base(settings))
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(REQUEST_TIMEOUT_MS)
                .withConnectionTimeout(CONNECT_TIMEOUT_MS)
                .withWatchReconnectInterval(WATCH_RECONNECT_MS)
                .withUserAgent("agent-station")
                .build();
        if (LateToken.isFor(config)) {
            config.setOauthTokenProvider(LateToken.of(base(settings)));
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config base(ClusterSettings settings) {
        Path kubeconfig = settings.kubeconfig();
        if (kubeconfig == null) {
            if (System.getenv(IN_CLUSTER) == null) {
                throw new IllegalArgumentException("station.provisioner.kubeconfig must name a kubeconfig file:"
                        + " this process does not run in a Kubernetes cluster");
            }
            return Config.autoConfigure(null);
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException("station.provisioner.kubeconfig cannot be read: " + kubeconfig);
        }
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        return settings.context() == null ? config : inContext(settings.context(), kubeconfig);
    }

    private static Config inContext(String context, Path kubeconfig) {
        boolean known = Config.fromKubeconfig(kubeconfig.toFile()).getContexts().stream()
                .anyMatch(named -> context.equals(named.getName()));
        if (!known) {
            throw new IllegalArgumentException(
                    "station.provisioner.context " + context + " is not in kubeconfig " + kubeconfig);
        }
        return Config.fromKubeconfig(context, kubeconfig.toFile());
    }
}
