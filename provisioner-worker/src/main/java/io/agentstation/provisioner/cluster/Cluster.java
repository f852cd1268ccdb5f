package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.store.desired.DesiredAgent;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The Kubernetes cluster that agents live on. Every call can be repeated; each waits for the API server, bounded by the
 * client's time-outs.
 */
public interface Cluster {

    /**
     * Makes the objects so, the anchor first, by server-side apply.
     *
     * @throws ClusterFailure when the cluster refuses, does not answer, or holds somebody else's object of that name
     */
    void apply(AgentObjects objects);

    /**
     * Removes everything of an agent, one step further at each call; pods keep their grace period unless killed.
     *
     * @param ownsName whether the agent still owns its name, asked before what only the name tells apart is removed
     * @return what is still there, empty when the API server lists nothing more
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    List<String> remove(DesiredAgent agent, BooleanSupplier ownsName);
}
