package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.store.desired.DesiredAgent;

/** The observation that answers a command, given what came of the agent: pure. */
final class Outcome {

    private Outcome() {}

    static Observation of(Result.Applied result, Asked asked) {
        DesiredAgent agent = result.agent();
        return new Observation.Applied(
                agent.agentId(),
                asked.commandId(),
                asked.operation(),
                agent.appliedOffset(),
                agent.generation(),
                agent.spec());
    }

    /** Removed for whatever asked for the removal; another command was overtaken, unless the agent never was at all. */
    static Observation of(Result.Removed result, Asked asked) {
        DesiredAgent agent = result.agent();
        if (Fold.isRemoval(asked.operation()) || result.cause() == Cause.NAME_TAKEN) {
            return new Observation.Removed(agent.agentId(), asked.commandId(), result.cause(), result.reason());
        }
        return new Observation.NoChange(
                agent.agentId(), asked.commandId(), asked.operation(), "A later command removed the agent");
    }

    static Observation failed(DesiredAgent agent, Asked asked, String reason, boolean retrying) {
        return new Observation.Failed(agent.agentId(), asked.commandId(), asked.operation(), reason, retrying);
    }
}
