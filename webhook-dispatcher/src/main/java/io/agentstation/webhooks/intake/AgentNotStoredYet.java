package io.agentstation.webhooks.intake;

import io.agentstation.contracts.ids.AgentId;

/** An agent's labels are asked for before its row is there: a transient failure. */
final class AgentNotStoredYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AgentNotStoredYet(AgentId agent) {
        super("agent " + agent + " has an event but no row yet, so that its labels are not known");
    }
}
