package io.agentstation.agent;

import java.util.function.LongSupplier;

/**
 * What an agent reports about its work.
 *
 * @param requestsHandled the embedding program's counter, since the agent's start
 */
public record AgentWorkload(ResourceUsage usage, LongSupplier requestsHandled) {}
