package io.agentstation.gateway.agents;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.store.agents.AgentRow;

/** The answers to create and delete, in the documents' words. */
final class AgentAnswers {

    private AgentAnswers() {}

    /** The answer to a create. */
    record Created(AgentView agent, Deployment deployment) {
        static Created of(AgentRow row, GatewaySettings settings) {
            String name = row.spec().name();
            return new Created(
                    AgentView.of(row, settings),
                    new Deployment(true, "Agent " + name + " accepted for deployment", name));
        }
    }

    /** Whether the command to deploy is durably queued; that it is carried out shows in the agent's state. */
    record Deployment(
            boolean success,
            String message,
            @JsonProperty("deploymentName") String deploymentName) {}

    /** What becomes of the agent's resources on Kubernetes. */
    record Kubernetes(boolean success, String message) {}

    /** The answer to a delete that is done. */
    record Deleted(String message, Kubernetes kubernetes) {
        static Deleted of(AgentRow row) {
            return new Deleted(
                    "Agent terminated successfully",
                    new Kubernetes(true, "Agent " + row.spec().name() + " deleted successfully"));
        }
    }

    /** The answer to a delete that takes longer than its wait; success says that it is durably queued. */
    record Deleting(String message, AgentState state, String desired, boolean pending, Kubernetes kubernetes) {
        static Deleting of(AgentRow row) {
            String desired = row.desired() == null ? AgentState.TERMINATED.name() : row.desired();
            return new Deleting(
                    "Agent termination started",
                    row.state(),
                    desired,
                    true,
                    new Kubernetes(true, "Deletion of agent " + row.spec().name() + " is queued"));
        }
    }
}
