package io.agentstation.provisioner.preflight;

import io.agentstation.provisioner.cluster.ClusterSettings;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a kubeconfig can be read and names a cluster. */
final class KubeconfigCheck {

    private static final String NEXT =
            ": name another file with --kubeconfig; kubectl --kubeconfig FILE config view shows" + " what a file holds";

    private KubeconfigCheck() {}

    /** What keeps it from being used; empty when it can be, or when there is none since the Station runs in the cluster. */
    static List<Finding> of(ClusterSettings settings) {
        Path file = settings.kubeconfig();
        if (file == null) {
            return List.of();
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return fatal("The kubeconfig " + file + " cannot be read" + why(file) + NEXT);
        }
        Config config;
        try {
            config = Config.fromKubeconfig(file.toFile());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            return fatal("The kubeconfig " + file + " cannot be understood (" + FirstLine.of(e) + ")" + NEXT);
        }
        return context(settings, file, config);
    }

    private static List<Finding> context(ClusterSettings settings, Path file, Config config) {
        List<String> known =
                config.getContexts().stream().map(NamedContext::getName).toList();
        String wanted = settings.context();
        if (wanted == null && config.getCurrentContext() == null) {
            return fatal("The kubeconfig " + file + " has no current context, so it names no cluster: choose one with"
                    + " --context; it has " + known);
        }
        if (wanted != null && !known.contains(wanted)) {
            return fatal("The kubeconfig " + file + " has no context " + wanted + ": choose one of " + known
                    + " with --context");
        }
        return List.of();
    }

    private static String why(Path file) {
        if (!Files.exists(file)) {
            return " since it does not exist";
        }
        return Files.isDirectory(file) ? " since it is a directory" : " by this user";
    }

    private static List<Finding> fatal(String sentence) {
        return List.of(Finding.fatal(sentence));
    }
}
