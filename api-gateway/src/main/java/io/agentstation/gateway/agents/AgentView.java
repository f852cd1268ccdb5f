package io.agentstation.gateway.agents;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.LatestMetrics;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the API shows it: the documents' twelve fields first (reference 000, "Response Fields"), then ours.
 *
 * @param desired     {@code TERMINATED} or {@code KILLED} from the moment that is asked for until it is so
 * @param why         why the agent is not as desired, cause and next step
 * @param environment names of its environment variables; their values are not shown
 */
public record AgentView(
        AgentId uuid,
        String name,
        String dnsName,
        AgentState state,
        String kubernetesNamespace,
        String kubernetesDeployment,
        Instant createdAt,
        @Nullable Instant provisionedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant terminatedAt,
        @Nullable Instant lastHeartbeatAt,
        Metadata metadata,
        Health health,
        @Nullable Instant unhealthySince,
        @Nullable LastMetrics lastMetrics,
        @Nullable String desired,
        @Nullable String why,
        SortedMap<String, String> labels,
        int replicas,
        int port,
        Set<String> environment) {

    /**
     * What the agent was asked to be, with effective values; of the policy its own, not its workspace's.
     */
    public record Metadata(
            @Nullable String description,
            String image,
            Resources resources,
            UnhealthyPolicy.Action onUnhealthy,
            int unhealthyAfterIntervals) {
        static Metadata of(AgentSpec spec) {
            UnhealthyPolicy policy = spec.onUnhealthy();
            return new Metadata(
                    spec.description(), spec.image(), spec.resources(), policy.action(), policy.afterIntervals());
        }
    }

    /** The newest metrics report, and when it was received. */
    public record LastMetrics(Instant timestamp, double cpuPercent, double memoryMb, long requestsHandled) {
        static @Nullable LastMetrics of(@Nullable LatestMetrics latest) {
            return latest == null
                    ? null
                    : new LastMetrics(latest.at(), latest.cpuPercent(), latest.memoryMb(), latest.requestsHandled());
        }
    }

    /** The same agent with other labels. */
    public AgentView withLabels(SortedMap<String, String> others) {
        return new AgentView(
                uuid,
                name,
                dnsName,
                state,
                kubernetesNamespace,
                kubernetesDeployment,
                createdAt,
                provisionedAt,
                activatedAt,
                terminatedAt,
                lastHeartbeatAt,
                metadata,
                health,
                unhealthySince,
                lastMetrics,
                desired,
                why,
                others,
                replicas,
                port,
                environment);
    }

    /** The agent as its row has it. */
    public static AgentView of(AgentRow row, GatewaySettings settings) {
        AgentSpec spec = row.spec();
        boolean ended = row.state().isTerminal();
        return new AgentView(
                row.id(),
                spec.name(),
                spec.name() + "." + settings.baseDomain(),
                row.state(),
                settings.namespace(),
                spec.name(),
                row.createdAt(),
                row.provisionedAt(),
                row.activatedAt(),
                row.terminatedAt(),
                row.lastHeartbeatAt(),
                Metadata.of(spec),
                row.health(),
                row.unhealthySince(),
                LastMetrics.of(row.lastMetrics()),
                ended ? null : row.desired(),
                AgentWhy.of(row, Instant.now()),
                spec.labels(),
                spec.replicas(),
                spec.port(),
                spec.environment());
    }
}
