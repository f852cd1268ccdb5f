package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import java.time.Instant;

/**
 * A metrics report with its place in the log.
 *
 * @param appendTime when the broker appended it
 * @param offset     of its record in the agent's partition
 */
public record StoredMetrics(AgentId agent, Instant appendTime, long offset, MetricsReport report)
        implements StoredReport {}
