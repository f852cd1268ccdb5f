package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What a failure says, short enough for a sentence. */
final class FirstLine {

    private FirstLine() {}

    /** The API server's own words where there are any, else those of the innermost cause. */
    static String of(Throwable failure) {
        if (failure instanceof KubernetesClientException refused
                && refused.getStatus() != null
                && refused.getStatus().getMessage() != null) {
            return first(refused.getStatus().getMessage());
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return first(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }

    private static String first(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
