package io.agentstation.provisioner.inspection;

import io.agentstation.contracts.inspection.AgentOnCluster.ContainerReport;
import io.agentstation.contracts.inspection.AgentOnCluster.PodReport;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a pod to what is told of it, in Kubernetes' words: pure. */
final class PodReports {

    private PodReports() {}

    static PodReport of(Pod pod) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        List<ContainerReport> containers =
                status.getContainerStatuses().stream().map(PodReports::of).toList();
        return new PodReport(
                pod.getMetadata().getName(),
                Objects.requireNonNullElse(status.getPhase(), "Unknown"),
                !containers.isEmpty() && containers.stream().allMatch(ContainerReport::ready),
                pod.getMetadata().getDeletionTimestamp() != null,
                pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
                status.getReason(),
                status.getMessage(),
                status.getStartTime() == null ? null : Instant.parse(status.getStartTime()),
                containers);
    }

    private static ContainerReport of(ContainerStatus container) {
        ContainerState state = Objects.requireNonNullElseGet(container.getState(), ContainerState::new);
        Optional<ContainerStateTerminated> last = terminated(container.getLastState());
        Optional<ContainerStateTerminated> ended = terminated(state);
        var waiting = state.getWaiting();
        return new ContainerReport(
                container.getName(),
                Objects.requireNonNullElse(container.getImage(), ""),
                Boolean.TRUE.equals(container.getReady()),
                container.getRestartCount() == null ? 0 : container.getRestartCount(),
                ended.isPresent() ? "terminated" : state.getRunning() != null ? "running" : "waiting",
                waiting != null
                        ? waiting.getReason()
                        : ended.map(ContainerStateTerminated::getReason).orElse(null),
                waiting != null
                        ? waiting.getMessage()
                        : ended.map(ContainerStateTerminated::getMessage).orElse(null),
                ended.or(() -> last).map(ContainerStateTerminated::getExitCode).orElse(null),
                last.map(ContainerStateTerminated::getReason).orElse(null));
    }

    private static Optional<ContainerStateTerminated> terminated(@Nullable ContainerState state) {
        return Optional.ofNullable(state).map(ContainerState::getTerminated);
    }
}
