package io.agentstation.gateway.agents;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.DeploymentStatus.Condition;
import io.agentstation.gateway.events.EventView;
import io.agentstation.gateway.heartbeats.HeartbeatView;
import io.agentstation.gateway.metrics.MetricsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one agent (reference 000, "Get Agent Details"), in the documents' spelling. */
record DetailsView(
        AgentView agent,
        @JsonProperty("recentHeartbeats") List<HeartbeatView> recentHeartbeats,
        @JsonProperty("recentMetrics") List<MetricsView> recentMetrics,
        @JsonProperty("lifecycleEvents") List<EventView> lifecycleEvents,
        @JsonProperty("kubernetesStatus") @Nullable KubernetesView kubernetesStatus) {

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
