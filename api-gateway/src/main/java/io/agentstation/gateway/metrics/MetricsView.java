package io.agentstation.gateway.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.history.AsSent;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.util.Map;

/** A metrics report; {@code id} is its offset in the agent's partition. */
public record MetricsView(
        String id,
        AgentId agentUuid,
        Number cpuPercent,
        Number memoryMb,
        long requestsHandled,
        Map<String, Object> customMetrics,
        Instant timestamp) {
    /** As it is stored. */
    public static MetricsView of(StoredMetrics stored) {
        return new MetricsView(
                Long.toString(stored.offset()),
                stored.agent(),
                AsSent.number(stored.report().cpuPercent()),
                AsSent.number(stored.report().memoryMb()),
                stored.report().requestsHandled(),
                stored.report().customMetrics(),
                stored.appendTime());
    }
}
