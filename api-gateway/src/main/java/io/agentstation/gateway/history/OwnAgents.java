package io.agentstation.gateway.history;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Finds the agent that a request is about, among those of the caller's workspace only. */
@Component
public final class OwnAgents {

    private final Agents agents;

    OwnAgents(Agents agents) {
        this.agents = agents;
    }

    /**
     * The agent; a failed stage carries 404 when the workspace has no such agent.
     *
     * @throws RequestRefused 404 when the id is none
     */
    public CompletableFuture<AgentRow> find(Caller.User user, String id) {
        AgentId agent = AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
        return agents.findAsync(agent)
                .thenApply(row -> row.filter(found -> found.spec().workspace().equals(user.workspace()))
                        .orElseThrow(RequestRefused::agentNotFound))
                .toCompletableFuture();
    }

    /**
     * The agent; waits.
     *
     * @throws RequestRefused 404 when the id is none, or the workspace has no such agent
     */
    public AgentRow require(Caller.User user, String id) {
        try {
            return find(user, id).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
