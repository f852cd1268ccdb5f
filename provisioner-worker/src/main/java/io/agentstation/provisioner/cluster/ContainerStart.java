package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * One start of a container.
 *
 * @param restart which, from 0
 */
public record ContainerStart(String pod, String podUid, String container, int restart) {

    /** The newest starts of the pods' containers; those that have never started are left out. */
    public static List<ContainerStart> newest(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(
                        pod -> pod.getStatus().getContainerStatuses().stream().flatMap(container -> of(pod, container)))
                .toList();
    }

    /** The starts that run now. */
    public static List<ContainerStart> running(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getState() != null
                                && container.getState().getRunning() != null)
                        .flatMap(container -> of(pod, container)))
                .toList();
    }

    /** The start before this. */
    public ContainerStart before() {
        return new ContainerStart(pod, podUid, container, restart - 1);
    }

    private static Stream<ContainerStart> of(Pod pod, ContainerStatus container) {
        int restarts = container.getRestartCount() == null ? 0 : container.getRestartCount();
        boolean started = restarts > 0
                || (container.getState() != null
                        && (container.getState().getRunning() != null
                                || container.getState().getTerminated() != null))
                || (container.getLastState() != null && container.getLastState().getTerminated() != null);
        return started
                ? Stream.of(new ContainerStart(
                        pod.getMetadata().getName(), pod.getMetadata().getUid(), container.getName(), restarts))
                : Stream.empty();
    }
}
