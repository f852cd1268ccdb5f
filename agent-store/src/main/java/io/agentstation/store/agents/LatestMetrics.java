package io.agentstation.store.agents;

import java.time.Instant;

/**
 * An agent's newest metrics report, without what is its own: that is in its history.
 *
 * @param at              when the broker appended it
 * @param requestsHandled since the agent's process began
 */
public record LatestMetrics(Instant at, double cpuPercent, double memoryMb, long requestsHandled) {}
