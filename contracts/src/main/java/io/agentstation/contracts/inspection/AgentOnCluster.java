package io.agentstation.contracts.inspection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster holds of an agent and has said of it.
 *
 * @param pods   by name
 * @param events newest first
 */
public record AgentOnCluster(List<PodReport> pods, List<EventReport> events) {

    public AgentOnCluster {
        pods = List.copyOf(pods);
        events = List.copyOf(events);
    }

    /** A pod; {@code reason} and {@code message} are Kubernetes' own when the pod as a whole has any. */
    public record PodReport(
            String name,
            String phase,
            boolean ready,
            boolean terminating,
            @Nullable String node,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Instant startedAt,
            List<ContainerReport> containers) {

        public PodReport {
            containers = List.copyOf(containers);
        }
    }

    /**
     * A container.
     *
     * @param state      running, waiting or terminated
     * @param reason     why it waits or has ended
     * @param exitCode   of the run that has ended last, or null
     * @param lastReason why the run before this has ended, or null
     */
    public record ContainerReport(
            String name,
            String image,
            boolean ready,
            int restarts,
            String state,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Integer exitCode,
            @Nullable String lastReason) {}

    /**
     * An event of the cluster.
     *
     * @param object kind and name of what it is about
     * @param count  how often it has happened
     */
    public record EventReport(
            String type,
            String reason,
            String message,
            String object,
            int count,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt) {}
}
