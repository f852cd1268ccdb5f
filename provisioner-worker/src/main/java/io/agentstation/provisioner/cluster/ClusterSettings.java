package io.agentstation.provisioner.cluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster.
 *
 * @param kubeconfig a kubeconfig file, or null: the Station runs in a pod of the cluster and uses its service account
 * @param context    of the kubeconfig, or null: its current one
 */
public record ClusterSettings(
        @Nullable Path kubeconfig, @Nullable String context) {}
