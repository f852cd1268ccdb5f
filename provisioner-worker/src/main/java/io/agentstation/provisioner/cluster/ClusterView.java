package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** What the cluster was last seen to hold of this station's agents: a cache that follows the API server. */
public interface ClusterView {

    /** Whether the cache has been filled since the start; before that it may lack what is there. */
    boolean isComplete();

    /** The agent's Deployment. */
    Optional<Deployment> deployment(AgentId agent);

    /** The agent's pods. */
    List<Pod> pods(AgentId agent);

    /** The agent's Certificates, which cert-manager makes for its Ingress; none where there is no cert-manager. */
    List<GenericKubernetesResource> certificates(AgentId agent);

    /** Who wants to hear of changes; called on the watch's threads, so that it must not wait. */
    interface Listener {

        /** Something of the agent has changed. */
        void changed(AgentId agent, int partition);

        /** A pod of the agent is gone, for whatever reason. */
        void podGone(AgentId agent, int partition);

        /** The agent's Deployment is gone, for whatever reason. */
        void deploymentGone(AgentId agent, int partition);

        /** Another of its objects is gone, or somebody else has written one of them. */
        void drifted(AgentId agent, int partition);
    }
}
