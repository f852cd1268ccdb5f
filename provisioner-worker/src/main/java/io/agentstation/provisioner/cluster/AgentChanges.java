package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.ObjIntConsumer;

/** Turns the events of one kind of object into calls about agents. */
record AgentChanges<T extends HasMetadata>(ClusterView.Listener listener, Kind kind)
        implements ResourceEventHandler<T> {

    /** What the Station has to do with a kind. */
    enum Kind {
        /** It applies them and shows their status. */
        DEPLOYMENT(true, true),
        /** It applies them. */
        OWNED(false, true),
        /** It shows them, and waits for their end. */
        POD(true, false),
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
            tell(added, listener::changed);
        }
    }

    @Override
    public void onUpdate(T before, T after) {
        if (kind.shown) {
            tell(after, listener::changed);
        }
        if (kind.applied && Drift.between(before, after)) {
            tell(after, listener::drifted);
        }
    }

    @Override
    public void onDelete(T gone, boolean lastStateUnknown) {
        if (kind.shown) {
            tell(gone, listener::changed);
        }
        if (kind == Kind.DEPLOYMENT) {
            tell(gone, listener::deploymentGone);
        } else if (kind == Kind.POD) {
            tell(gone, listener::podGone);
        } else if (kind.applied) {
            tell(gone, listener::drifted);
        }
    }

    private void tell(T object, ObjIntConsumer<AgentId> call) {
        Labels.agentOf(object)
                .ifPresent(agent -> Labels.partitionOf(object).ifPresent(partition -> call.accept(agent, partition)));
    }
}
