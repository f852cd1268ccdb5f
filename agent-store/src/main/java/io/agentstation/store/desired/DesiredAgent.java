package io.agentstation.store.desired;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of one agent after the command at {@code appliedOffset}.
 *
 * @param partition     of {@code agent.commands}, hence the provisioner task that owns the agent
 * @param appliedOffset of the newest command that is folded in
 * @param generation    counts the changes of the specification or the phase, from 1
 * @param spec          as asked for
 * @param commandId     of the newest command that is folded in
 * @param operation     of that command
 * @param reason        of that command, or null
 * @param restartGeneration generation of the newest restart, 0 when there was none: its pods are younger than that
 */
public record DesiredAgent(
        int partition,
        AgentId agentId,
        long appliedOffset,
        long generation,
        Phase phase,
        AgentSpec spec,
        CommandId commandId,
        Operation operation,
        @Nullable String reason,
        long restartGeneration) {}
