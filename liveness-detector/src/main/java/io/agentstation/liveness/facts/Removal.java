package io.agentstation.liveness.facts;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.observations.Observation.Cause;
import org.jspecify.annotations.Nullable;

/** The fact that nothing of the agent is left. */
record Removal(CommandId commandId, Cause cause, @Nullable String reason) {}
