package io.agentstation.provisioner.status;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.Observation.Completed;
import io.agentstation.contracts.observations.Observation.StatusChanged;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the cluster says of an agent whenever that differs from what was said last.
 *
 * <p>The caller of {@link #report} and {@link #reportGone} holds the agent's lock, so that no status overtakes another nor
 * the agent's end.
 */
public final class StatusReports {

    private final ClusterView cluster;
    private final Observations observations;
    private final Function<AgentId, Optional<String>> failures;
    private final Map<AgentId, Last> last = new ConcurrentHashMap<>();

    private record Last(
            int partition, StatusChanged said, @Nullable Instant completed) {}

    /** With the reasons of agents that could not be made as desired. */
    public StatusReports(ClusterView cluster, Observations observations, Function<AgentId, Optional<String>> failures) {
        this.cluster = cluster;
        this.observations = observations;
        this.failures = failures;
    }

    /** Publishes the agent's status if it has changed; waits for Kafka. */
    public void report(DesiredAgent agent) {
        report(agent.agentId(), agent.partition(), agent.phase());
    }

    /** The same of an agent of this partition that is wanted in this phase. */
    void report(AgentId id, int partition, Phase phase) {
        Last before = last.get(id);
        DeploymentStatus seen = before == null ? null : before.said().status();
        Optional<Deployment> deployment = cluster.deployment(id);
        // Until the cache is full, an absent Deployment means nothing.
        DeploymentStatus status = deployment.map(DeploymentStatuses::of).orElse(cluster.isComplete() ? null : seen);
        publish(partition, new StatusChanged(id, desired(phase), status, why(id, phase, deployment, status)));
        if (phase == Phase.DRAIN) {
            Completion.of(cluster.pods(id)).ifPresent(at -> publishCompleted(id, at));
        }
    }

    /** Said again by whoever gets the partition next, which changes nothing. */
    private void publishCompleted(AgentId agent, Instant at) {
        Last before = last.get(agent);
        if (before != null && !at.equals(before.completed())) {
            observations.publish(new Completed(agent, at));
            last.put(agent, new Last(before.partition(), before.said(), at));
        }
    }

    /** Publishes that nothing of the agent is left; to be called before its Removed is published. */
    public void reportGone(DesiredAgent agent) {
        publish(agent.partition(), new StatusChanged(agent.agentId(), desired(agent.phase()), null, null));
        last.remove(agent.agentId());
    }

    /** Forgets what was said of these partitions' agents: another process says it now, and this one again later. */
    public void forget(Collection<Integer> partitions) {
        last.values().removeIf(said -> partitions.contains(said.partition()));
    }

    private void publish(int partition, StatusChanged now) {
        Last before = last.get(now.agentId());
        if (before != null && before.said().equals(now)) {
            return;
        }
        observations.publish(now);
        last.put(now.agentId(), new Last(partition, now, before == null ? null : before.completed()));
    }

    private @Nullable String why(
            AgentId agent, Phase phase, Optional<Deployment> deployment, @Nullable DeploymentStatus status) {
        Optional<String> failure = failures.apply(agent);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (desired(phase) != null) {
            return "Waiting for the end of its objects on the cluster";
        }
        if (deployment.isEmpty() || status == null) {
            return "Waiting for its Deployment";
        }
        return status.ready()
                ? CertificateTrouble.in(cluster.certificates(agent)).orElse(null)
                : Why.of(deployment.get(), status, cluster.pods(agent));
    }

    private static @Nullable String desired(Phase phase) {
        if (phase == Phase.KILL) {
            return AgentState.KILLED.name();
        }
        return phase == Phase.DELETE ? AgentState.TERMINATED.name() : null;
    }
}
