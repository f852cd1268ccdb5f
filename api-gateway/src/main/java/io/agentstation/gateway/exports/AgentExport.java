package io.agentstation.gateway.exports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.agents.AgentView;
import io.agentstation.gateway.events.EventView;
import io.agentstation.gateway.heartbeats.HeartbeatView;
import io.agentstation.gateway.metrics.MetricsView;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Writes everything about one agent into a document, in the order of the documents' example and without secrets. When
 * telemetry is not wanted, its arrays are there and empty, and the totals still say how much there is.
 */
final class AgentExport {

    /**
     * What an export says of itself.
     *
     * @param triggeredBy     the owner of the key
     * @param totalHeartbeats that are kept, written here or not
     * @param totalMetrics    reports that are kept, written here or not
     */
    record Metadata(Instant exportedAt, UUID triggeredBy, long totalHeartbeats, long totalMetrics) {}

    private final ReportSection<StoredHeartbeat> heartbeats;
    private final ReportSection<StoredMetrics> metrics;
    private final LifecycleEvents events;
    private final InstantSource clock;

    AgentExport(Heartbeats heartbeats, Metrics metrics, LifecycleEvents events, InstantSource clock) {
        this.heartbeats = new ReportSection<>("heartbeats", heartbeats.history(), HeartbeatView::of);
        this.metrics =
                new ReportSection<>("metrics", metrics.history(), report -> RedactedViews.of(MetricsView.of(report)));
        this.events = events;
        this.clock = clock;
    }

    /**
     * Writes the whole document.
     *
     * @param most        how many heartbeats, and how many metrics; 0 for none
     * @param triggeredBy the owner of the key
     */
    void write(ExportDocument document, AgentView agent, int most, UUID triggeredBy) {
        AgentId id = agent.uuid();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        document.field("agent", RedactedViews.of(agent));
        Supplier<CompletionStage<Long>> allHeartbeats = heartbeats.write(document, id, now, most);
        Supplier<CompletionStage<Long>> allMetrics = metrics.write(document, id, now, most);
        var unused = document.array(
                "lifecycle_events",
                EventView::isShown,
                events.before(id, Long.MAX_VALUE),
                event -> RedactedViews.of(EventView.of(event)));
        CompletionStage<Long> counting = allHeartbeats.get();
        long totalMetrics = ExportDocument.await(allMetrics.get());
        document.field("metadata", new Metadata(now, triggeredBy, ExportDocument.await(counting), totalMetrics));
        document.end();
    }
}
