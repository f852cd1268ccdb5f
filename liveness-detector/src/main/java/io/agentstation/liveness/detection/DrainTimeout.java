package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.NamedUuid;
import java.time.Instant;

/** The Station's own command when a drain has taken long enough. */
final class DrainTimeout {

    static final String REASON = "drain_timeout";

    private DrainTimeout() {}

    /** Always the same id for the same drain, so that whoever reads it twice knows it. */
    static AgentCommand command(AgentId agent, long drainOffset, long nowMs) {
        CommandId id = new CommandId(NamedUuid.of(agent.value(), REASON + "/" + drainOffset));
        return AgentCommand.Deprovision.afterDrain(new AgentCommand.Meta(
                agent, id, new Issuer(Issuer.Kind.STATION, REASON), Instant.ofEpochMilli(nowMs), REASON));
    }
}
