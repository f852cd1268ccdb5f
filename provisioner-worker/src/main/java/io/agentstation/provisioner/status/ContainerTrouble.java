package io.agentstation.provisioner.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What keeps the containers of an agent's pods from being ready, in words: pure. */
final class ContainerTrouble {

    private static final Set<String> PULL_REASONS = Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName");
    private static final Set<String> ON_THE_WAY = Set.of("ContainerCreating", "PodInitializing");

    private ContainerTrouble() {}

    /** The first and gravest: what cannot start, what keeps ending, then what runs and is not ready. */
    static Optional<String> in(List<Pod> pods) {
        List<ContainerStatus> containers = pods.stream()
                .filter(pod -> pod.getStatus() != null && pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .toList();
        return Stream.<Optional<String>>of(
                        first(containers.stream().map(ContainerTrouble::ending)),
                        first(containers.stream().map(ContainerTrouble::waiting)),
                        first(containers.stream().map(ContainerTrouble::unready)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> first(Stream<Optional<String>> words) {
        return words.flatMap(Optional::stream).findFirst();
    }

    /** It has ended with an error, waits to be started again, or has just been. */
    private static Optional<String> ending(ContainerStatus container) {
        ContainerStateTerminated end = Stream.of(container.getState(), container.getLastState())
                .map(ContainerTrouble::terminated)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        if (Boolean.TRUE.equals(container.getReady()) || end == null) {
            return Optional.empty();
        }
        String reason = end.getReason() == null || end.getReason().equals("Error") ? "" : " (" + end.getReason() + ")";
        return Optional.of("crash loop: container " + container.getName() + ": exit code " + end.getExitCode() + reason
                + ", " + container.getRestartCount() + " restarts: the log of its last run says why");
    }

    private static Optional<ContainerStateTerminated> terminated(@Nullable ContainerState state) {
        return Optional.ofNullable(state == null ? null : state.getTerminated());
    }

    private static Optional<String> waiting(ContainerStatus container) {
        ContainerStateWaiting waiting =
                container.getState() == null ? null : container.getState().getWaiting();
        String reason = waiting == null ? null : waiting.getReason();
        if (waiting == null || reason == null || ON_THE_WAY.contains(reason)) {
            return Optional.empty();
        }
        if (PULL_REASONS.contains(reason)) {
            // Not the kubelet's message: it grows with each attempt, and each would be a new reason.
            return Optional.of("image pull failed: " + container.getImage() + " cannot be pulled (" + reason
                    + "): check its name, and that the cluster may pull it");
        }
        if (reason.equals("CrashLoopBackOff")) {
            return Optional.of("crash loop: container " + container.getName() + ", " + container.getRestartCount()
                    + " restarts: the log of its last run says why");
        }
        String message = waiting.getMessage();
        return Optional.of("container " + container.getName() + " cannot start: " + reason
                + (message == null ? "" : ": " + message) + ": change what the message names");
    }

    private static Optional<String> unready(ContainerStatus container) {
        boolean running = container.getState() != null && container.getState().getRunning() != null;
        return running && !Boolean.TRUE.equals(container.getReady())
                ? Optional.of("not ready: container " + container.getName()
                        + " runs, but does not pass its readiness probe: see its log, and the port that it listens on")
                : Optional.empty();
    }
}
