package io.agentstation.gateway.quota;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.HeartbeatSource;
import io.agentstation.contracts.agents.Quantity;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.clusters.QuotaLimit;
import io.agentstation.gateway.clusters.Clusters;
import io.agentstation.gateway.errors.FieldProblem;
import io.agentstation.gateway.errors.RequestRefused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Refuses what the quota of the agents' namespace leaves no room for. It knows what the cluster counted a moment ago: of
 * several requests at once more may pass than there is room for; the cluster then refuses their pods, and their {@code why}
 * says so.
 */
public final class Quota {

    private final Clusters clusters;

    Quota(Clusters clusters) {
        this.clusters = clusters;
    }

    /**
     * Checks an agent that is about to be asked for.
     *
     * @throws RequestRefused 403 that names each resource that is not enough
     */
    public void requireRoomFor(AgentSpec created) {
        require(Map.of(), amounts(created));
    }

    /**
     * Checks a change; what it gives back of a resource, or leaves as it is, is not checked.
     *
     * @throws RequestRefused 403 that names each resource that is not enough
     */
    public void requireRoomFor(AgentSpec before, AgentSpec after) {
        require(amounts(before), amounts(after));
    }

    private void require(Map<String, BigDecimal> had, Map<String, BigDecimal> wanted) {
        List<FieldProblem> exceeded = limits().stream()
                .filter(limit -> wanted.containsKey(limit.resource()))
                .map(limit -> new More(limit, amount(wanted, limit).subtract(amount(had, limit))))
                .filter(More::isTooMuch)
                .map(More::problem)
                .toList();
        if (!exceeded.isEmpty()) {
            throw RequestRefused.quotaExceeded(exceeded);
        }
    }

    private List<QuotaLimit> limits() {
        return clusters.current().map(ClusterReport::quota).orElse(List.of());
    }

    private static BigDecimal amount(Map<String, BigDecimal> amounts, QuotaLimit limit) {
        return amounts.getOrDefault(limit.resource(), BigDecimal.ZERO);
    }

    /** What all pods of an agent take, with the station-agent in each that has one, by the names that a quota has for them. */
    private static Map<String, BigDecimal> amounts(AgentSpec agent) {
        BigDecimal pods = BigDecimal.valueOf(agent.replicas());
        return Map.of(
                "pods", pods,
                "cpu", inAPod(agent, Resources::cpuRequest).multiply(pods),
                "memory", inAPod(agent, Resources::memoryRequest).multiply(pods),
                "limits.cpu", inAPod(agent, Resources::cpuLimit).multiply(pods),
                "limits.memory", inAPod(agent, Resources::memoryLimit).multiply(pods));
    }

    private static BigDecimal inAPod(AgentSpec agent, Function<Resources, String> amount) {
        BigDecimal own = Quantity.of(amount.apply(agent.resources())).value();
        return agent.heartbeatSource() == HeartbeatSource.SIDECAR
                ? own.add(Quantity.of(amount.apply(Resources.SIDECAR)).value())
                : own;
    }

    /** How much more of a limited resource is asked for. */
    private record More(QuotaLimit limit, BigDecimal asked) {

        boolean isTooMuch() {
            return asked.signum() > 0 && asked.compareTo(limit.left()) > 0;
        }

        FieldProblem problem() {
            String words = QuotaView.print(limit.resource(), asked);
            return new FieldProblem(
                    limit.resource(),
                    limit.resource() + ": " + words + " asked for, " + limit.used() + " of " + limit.limit()
                            + " in use",
                    limit.limit(),
                    limit.used(),
                    words);
        }
    }
}
