package io.agentstation.store.agents;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.DeploymentStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One agent as the projections have it.
 *
 * @param sequence of the newest lifecycle event that is projected here; 0 before the first
 * @param desired  {@code TERMINATED} or {@code KILLED} when that was asked for, else null
 * @param why      why it is not as desired, or null
 * @param lastHeartbeatAt of {@link LatestReports} once those were added; before that what V001 left here, or null
 * @param lastMetrics     null until {@link LatestReports} were added
 */
public record AgentRow(
        AgentId id,
        AgentSpec spec,
        AgentState state,
        Health health,
        long sequence,
        @Nullable Instant unhealthySince,
        @Nullable Instant provisionedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant terminatedAt,
        @Nullable String desired,
        @Nullable DeploymentStatus status,
        @Nullable String why,
        @Nullable Instant lastHeartbeatAt,
        @Nullable HeartbeatMode lastHeartbeatMode,
        @Nullable LatestMetrics lastMetrics) {

    /** The same agent with its newest reports as {@code latest_reports} has them. */
    AgentRow with(LatestReports.Latest latest) {
        // Before V003 the newest heartbeat was written here: of an agent that has been silent since, it still is.
        Optional<LatestReports.LatestHeartbeat> heartbeat = latest.heartbeat()
                .filter(newest -> lastHeartbeatAt == null || !newest.at().isBefore(lastHeartbeatAt));
        return new AgentRow(
                id,
                spec,
                state,
                health,
                sequence,
                unhealthySince,
                provisionedAt,
                activatedAt,
                terminatedAt,
                desired,
                status,
                why,
                heartbeat.map(LatestReports.LatestHeartbeat::at).orElse(lastHeartbeatAt),
                heartbeat.map(LatestReports.LatestHeartbeat::mode).orElse(lastHeartbeatMode),
                latest.metrics().orElse(null));
    }

    /** When the agent was asked for: the time in its UUIDv7 (RFC 9562), in milliseconds. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
    }
}
