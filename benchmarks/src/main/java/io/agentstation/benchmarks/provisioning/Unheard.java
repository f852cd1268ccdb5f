package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.cluster.ClusterView;

/** Hears of every change and does nothing: what it costs to be told is counted, what follows from it is not. */
final class Unheard implements ClusterView.Listener {

    @Override
    public void changed(AgentId agent, int partition) {}

    @Override
    public void podGone(AgentId agent, int partition) {}

    @Override
    public void deploymentGone(AgentId agent, int partition) {}

    @Override
    public void drifted(AgentId agent, int partition) {}
}
