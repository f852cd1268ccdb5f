package io.agentstation.gateway.agents;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.DeploymentStatus.Condition;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything about one agent (reference 000, "Get Agent Details"), in the documents' spelling. */
record DetailsView(
        AgentView agent,
        @JsonProperty("recentHeartbeats") List<HeartbeatView> recentHeartbeats,
        @JsonProperty("recentMetrics") List<MetricsView> recentMetrics,
        @JsonProperty("lifecycleEvents") List<EventView> lifecycleEvents,
        @JsonProperty("kubernetesStatus") @Nullable KubernetesView kubernetesStatus) {

    /** A heartbeat; {@code id} is its offset in the agent's partition. */
    record HeartbeatView(String id, AgentId agentUuid, String mode, Number uptimeSeconds, Instant timestamp) {
        static HeartbeatView of(StoredHeartbeat stored) {
            return new HeartbeatView(
                    Long.toString(stored.offset()),
                    stored.agent(),
                    stored.heartbeat().mode().name(),
                    AsSent.number(stored.heartbeat().uptimeSeconds()),
                    stored.appendTime());
        }
    }

    /** A metrics report; {@code id} is its offset in the agent's partition. */
    record MetricsView(
            String id,
            AgentId agentUuid,
            Number cpuPercent,
            Number memoryMb,
            long requestsHandled,
            Map<String, Object> customMetrics,
            Instant timestamp) {
        static MetricsView of(StoredMetrics stored) {
            return new MetricsView(
                    Long.toString(stored.offset()),
                    stored.agent(),
                    AsSent.number(stored.report().cpuPercent()),
                    AsSent.number(stored.report().memoryMb()),
                    stored.report().requestsHandled(),
                    stored.report().customMetrics(),
                    stored.appendTime());
        }
    }

    /** A lifecycle event. */
    record EventView(
            UUID id,
            AgentId agentUuid,
            EventType eventType,
            @Nullable AgentState fromState,
            AgentState toState,
            Map<String, Object> metadata,
            Instant timestamp) {
        static EventView of(StoredEvent stored) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("triggered_by", stored.triggeredBy());
            metadata.putAll(stored.metadata());
            return new EventView(
                    stored.id(),
                    stored.agent(),
                    stored.event(),
                    stored.fromState(),
                    stored.toState(),
                    metadata,
                    stored.occurredAt());
        }
    }

    /** The Deployment's status. */
    record KubernetesView(
            boolean ready,
            int replicas,
            @JsonProperty("readyReplicas") int readyReplicas,
            @JsonProperty("unavailableReplicas") int unavailableReplicas,
            List<Condition> conditions) {
        static KubernetesView of(DeploymentStatus status) {
            return new KubernetesView(
                    status.ready(),
                    status.replicas(),
                    status.readyReplicas(),
                    status.unavailableReplicas(),
                    status.conditions());
        }
    }
}
