package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.store.desired.Phase;

/**
 * What the watch sees of owned agents becomes a status, and an attempt where one is due: for what vanished or was written by
 * somebody else at once or soon, for an agent that is being removed when the last of its pods has ended. Hints only: an attempt
 * that no event brings on is made by the retry queue or a walk.
 */
public final class WatchedChanges implements ClusterView.Listener {

    private final OwnedPartitions owned;
    private final RememberedRecords records;
    private final ClusterView cluster;
    private final RetryQueue queue;
    private final StatusQueue status;

    /** With the view in which the changes can be seen already. */
    public WatchedChanges(
            OwnedPartitions owned,
            RememberedRecords records,
            ClusterView cluster,
            RetryQueue queue,
            StatusQueue status) {
        this.owned = owned;
        this.records = records;
        this.cluster = cluster;
        this.queue = queue;
        this.status = status;
    }

    @Override
    public void changed(AgentId agent, int partition) {
        status.mark(agent, partition);
    }

    @Override
    public void deploymentGone(AgentId agent, int partition) {
        if (owned.contains(partition) && (!isLeaving(agent) || isGone(agent))) {
            queue.hasten(partition, agent);
        }
    }

    @Override
    public void podGone(AgentId agent, int partition) {
        // A pod of an agent that stays is its ReplicaSet's concern.
        if (owned.contains(partition) && isLeaving(agent) && isGone(agent)) {
            queue.hasten(partition, agent);
        }
    }

    @Override
    public void drifted(AgentId agent, int partition) {
        if (owned.contains(partition) && !isLeaving(agent)) {
            queue.look(partition, agent);
        }
    }

    private boolean isLeaving(AgentId agent) {
        return records.phase(agent)
                .filter(phase -> phase == Phase.DELETE || phase == Phase.KILL)
                .isPresent();
    }

    /** Pods end last, with their grace period: before that an attempt would find what the one before found. */
    private boolean isGone(AgentId agent) {
        return cluster.deployment(agent).isEmpty() && cluster.pods(agent).isEmpty();
    }
}
