package io.agentstation.liveness.facts;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Cases;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each observation adds to the facts. */
final class ObservationFacts {

    private static final Map<Operation, EventType> APPLIED_EVENTS = Map.of(
            Operation.UPDATE, EventType.UPDATED,
            Operation.SCALE, EventType.SCALED,
            Operation.RESTART, EventType.RESTARTED);

    private final AgentFacts facts;

    private ObservationFacts(AgentFacts facts) {
        this.facts = facts;
    }

    static void fold(AgentFacts facts, Observation observation) {
        ObservationFacts fold = new ObservationFacts(facts);
        observation.<Void>match(new Cases<>(
                fold::applied,
                o -> fold.outcome(o.commandId(), o.operation(), EventType.NO_CHANGE, o.reason()),
                o -> fold.outcome(o.commandId(), o.operation(), EventType.REJECTED, o.reason()),
                fold::failed,
                fold::removed,
                fold::completed,
                statusChanged -> null));
    }

    // Whatever was applied, the whole fold of the commands was: the objects are there.
    private @Nullable Void applied(Applied observation) {
        facts.applied = true;
        EventType event = APPLIED_EVENTS.get(observation.operation());
        if (event != null) {
            Integer replicas = event == EventType.SCALED ? observation.spec().replicas() : null;
            facts.outcomes.answered(
                    new Outcome(observation.commandId(), observation.operation(), event, null, null, replicas));
        }
        return null;
    }

    private @Nullable Void failed(Observation.Failed observation) {
        facts.outcomes.answered(new Outcome(
                observation.commandId(),
                observation.operation(),
                EventType.PROVISIONING_FAILED,
                Asked.clip(observation.reason()),
                observation.retrying(),
                null));
        return null;
    }

    private @Nullable Void outcome(CommandId command, Operation operation, EventType event, String reason) {
        facts.outcomes.answered(new Outcome(command, operation, event, Asked.clip(reason), null, null));
        return null;
    }

    private @Nullable Void completed(Observation.Completed observation) {
        facts.completedAtMs = Math.max(facts.completedAtMs, observation.at().toEpochMilli());
        return null;
    }

    private @Nullable Void removed(Observation.Removed observation) {
        if (facts.removed == null) {
            facts.removed = new Removal(observation.commandId(), observation.cause(), Asked.clip(observation.reason()));
        }
        return null;
    }
}
