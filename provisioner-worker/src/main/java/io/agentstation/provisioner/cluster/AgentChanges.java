package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Turns the events of one kind of object into calls about agents. */
record AgentChanges<T extends HasMetadata>(ClusterView.Listener listener, Kind kind)
        implements ResourceEventHandler<T> {

    /** What the Station has to do with a kind. */
    enum Kind {
        /** It applies them and shows their status. */
        DEPLOYMENT(true, true),
        /** It applies them. */
        OWNED(false, true),
        /** It shows them. */
        SHOWN(true, false);

        private final boolean shown;
        private final boolean applied;

        Kind(boolean shown, boolean applied) {
            this.shown = shown;
            this.applied = applied;
        }
    }

    @Override
    public void onAdd(T added) {
        if (kind.shown) {
            changed(added);
        }
    }

    @Override
    public void onUpdate(T before, T after) {
        if (kind.shown) {
            changed(after);
        }
        if (kind.applied && Drift.between(before, after)) {
            drifted(after);
        }
    }

    @Override
    public void onDelete(T gone, boolean lastStateUnknown) {
        if (kind.shown) {
            changed(gone);
        }
        if (kind == Kind.DEPLOYMENT) {
            Labels.agentOf(gone)
                    .ifPresent(agent ->
                            Labels.partitionOf(gone).ifPresent(partition -> listener.deploymentGone(agent, partition)));
        } else if (kind.applied) {
            drifted(gone);
        }
    }

    private void changed(T object) {
        Labels.agentOf(object)
                .ifPresent(
                        agent -> Labels.partitionOf(object).ifPresent(partition -> listener.changed(agent, partition)));
    }

    private void drifted(T object) {
        Labels.agentOf(object)
                .ifPresent(
                        agent -> Labels.partitionOf(object).ifPresent(partition -> listener.drifted(agent, partition)));
    }
}
