package io.agentstation.provisioner.objects;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.desired.DesiredAgent;

/** What an agent's objects are called. */
public final class ObjectNames {

    private ObjectNames() {}

    /** The anchor's name: unique for ever, so that no two agents ever share an anchor. */
    static String anchor(AgentId agent) {
        return "agent-" + agent;
    }

    /** The Deployment and the Ingress: the agent's name. */
    static String deployment(DesiredAgent agent) {
        return agent.spec().name();
    }

    /**
     * The Service: the agent's name, or the anchor's when that begins with a digit. An agent's name is an RFC 1123 label,
     * a Service's an RFC 1035 label.
     */
    static String service(DesiredAgent agent) {
        String name = agent.spec().name();
        return Character.isDigit(name.charAt(0)) ? anchor(agent.agentId()) : name;
    }

    static String secret(DesiredAgent agent) {
        return agent.spec().name() + "-agent";
    }

    static String serviceAccount(DesiredAgent agent) {
        return agent.spec().name() + "-agent";
    }

    static String networkPolicy(DesiredAgent agent) {
        return agent.spec().name() + "-agent";
    }

    /** The Secret in which cert-manager puts the certificate. */
    public static String tlsSecret(String agentName) {
        return agentName + "-tls";
    }
}
