package io.agentstation.provisioner.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an agent's own containers have all ended by themselves, and well: pure. A Deployment starts them again. */
final class Completion {

    /** What stands beside the agent in its pod does not end. */
    private static final String AGENT = "agent";

    private Completion() {}

    /** When the first of them ended, each by its newest end with exit code 0; empty when one has not ended so. */
    static Optional<Instant> of(List<Pod> pods) {
        List<Optional<Instant>> ends = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(Completion::of)
                .toList();
        return ends.isEmpty() || ends.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : ends.stream().flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static Optional<Instant> of(Pod pod) {
        Stream<ContainerStatus> containers =
                pod.getStatus() == null ? Stream.empty() : pod.getStatus().getContainerStatuses().stream();
        return containers
                .filter(container -> container.getName().equals(AGENT))
                .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
                .flatMap(Completion::wellEnded)
                .max(Instant::compareTo);
    }

    private static Stream<Instant> wellEnded(@Nullable ContainerState state) {
        ContainerStateTerminated ended = state == null ? null : state.getTerminated();
        if (ended == null || ended.getFinishedAt() == null) {
            return Stream.empty();
        }
        boolean well = Integer.valueOf(0).equals(ended.getExitCode());
        return well ? Stream.of(Instant.parse(ended.getFinishedAt())) : Stream.empty();
    }
}
