package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Translates the client's exceptions, once, into failures with words. */
final class ApiErrors {

    private static final Set<Integer> REFUSED_FOR_GOOD = Set.of(400, 405, 406, 413, 415, 422);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_RETRY_AFTER = 300;

    private ApiErrors() {}

    /** Calls the API server; {@code what} names the object and the verb, for the words. */
    static <T extends @Nullable Object> T call(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw translate(what, e);
        }
    }

    static void run(String what, Runnable request) {
        try {
            request.run();
        } catch (KubernetesClientException e) {
            throw translate(what, e);
        }
    }

    static ClusterFailure translate(String what, KubernetesClientException e) {
        int code = e.getCode();
        String said = said(e);
        if (REFUSED_FOR_GOOD.contains(code)) {
            return new ClusterFailure.Permanent("The cluster refuses to " + what + ": " + said, e);
        }
        if (code == FORBIDDEN) {
            return new ClusterFailure.Transient(forbidden(what, said), e);
        }
        if (code <= 0) {
            return new ClusterFailure.Unreachable(
                    "the cluster's API does not answer, could not " + what + " (" + rootCause(e)
                            + "); the Station keeps trying: see that the API server runs and can be reached",
                    e);
        }
        return new ClusterFailure.Transient(
                "The cluster could not " + what + " (HTTP " + code + "): " + said + "; the Station tries again",
                e,
                retryAfter(e));
    }

    /** The client's own message is the same for all that can go wrong on the way. */
    private static String rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** As the API server says it beside the header; bounded, for it is another's word. */
    private static Duration retryAfter(KubernetesClientException e) {
        Status status = e.getStatus();
        Integer seconds = status == null || status.getDetails() == null
                ? null
                : status.getDetails().getRetryAfterSeconds();
        return Duration.ofSeconds(seconds == null ? 0 : Math.max(0, Math.min(seconds, LONGEST_RETRY_AFTER)));
    }

    private static String forbidden(String what, String said) {
        return said.contains("exceeded quota")
                ? "quota exceeded: " + said + ": delete agents, or let the cluster's administrator raise the quota"
                : "The cluster does not allow the Station to " + what + " (the Station's rights): " + said
                        + ": let the cluster's administrator grant it; ./station check lists what is needed";
    }

    static boolean isNotFound(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND;
    }

    private static String said(KubernetesClientException e) {
        Status status = e.getStatus();
        String said = status == null ? null : status.getMessage();
        return said != null ? said : String.valueOf(e.getMessage());
    }
}
