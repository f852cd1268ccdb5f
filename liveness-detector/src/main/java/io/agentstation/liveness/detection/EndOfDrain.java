package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import io.agentstation.liveness.facts.AgentFacts;
import java.time.Instant;

/** The Station's own command when a drain is over: its containers have completed, or it has taken long enough. */
final class EndOfDrain {

    static final String TIMED_OUT = "drain_timeout";
    static final String COMPLETED = "drain_completed";

    private EndOfDrain() {}

    /** The command, which is then remembered to have been given. */
    static AgentCommand command(AgentFacts facts, long nowMs) {
        String reason = facts.hasCompletedDrain() ? COMPLETED : TIMED_OUT;
        return command(facts.agentId(), facts.drainEndAnnounced(), reason, nowMs);
    }

    /** Always the same id for the same drain and reason, so that whoever reads it twice knows it. */
    static AgentCommand command(AgentId agent, long drainOffset, String reason, long nowMs) {
        CommandId id = new CommandId(NamedUuid.of(agent.value(), reason + "/" + drainOffset));
        return AgentCommand.Deprovision.afterDrain(new AgentCommand.Meta(
                agent, id, new Issuer(Issuer.Kind.STATION, reason), Instant.ofEpochMilli(nowMs), reason));
    }
}
