package io.agentstation.gateway.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.agents.DetailsView.KubernetesView;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.events.EventView;
import io.agentstation.gateway.heartbeats.HeartbeatView;
import io.agentstation.gateway.metrics.MetricsView;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads everything about one agent, all tables at once. */
final class AgentDetails {

    private static final int RECENT = 10;

    private final Agents agents;
    private final LatestReports latest;
    private final Heartbeats heartbeats;
    private final Metrics metrics;
    private final LifecycleEvents events;
    private final GatewaySettings settings;
    private final InstantSource clock;

    AgentDetails(
            Agents agents,
            LatestReports latest,
            Heartbeats heartbeats,
            Metrics metrics,
            LifecycleEvents events,
            GatewaySettings settings,
            InstantSource clock) {
        this.agents = agents;
        this.latest = latest;
        this.heartbeats = heartbeats;
        this.metrics = metrics;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** The row of the workspace's agent; a failed stage carries 404 when it has no such agent. */
    CompletableFuture<AgentRow> require(WorkspaceId workspace, AgentId id) {
        return agents.findAsync(id)
                .toCompletableFuture()
                .thenApply(row -> row.filter(found -> found.spec().workspace().equals(workspace))
                        .orElseThrow(RequestRefused::agentNotFound));
    }

    /** The agent; a failed stage carries 404 when the workspace has no such agent. */
    CompletableFuture<DetailsView> of(WorkspaceId workspace, AgentId id) {
        return require(workspace, id).thenCompose(this::of);
    }

    private CompletableFuture<DetailsView> of(AgentRow row) {
        AgentId id = row.id();
        Instant now = clock.instant();
        CompletionStage<AgentRow> shown = latest.addTo(row);
        CompletionStage<List<StoredMetrics>> reports = metrics.latest(id, now, RECENT);
        CompletionStage<List<StoredEvent>> history = events.of(id);
        return heartbeats
                .latest(id, now, RECENT)
                .thenCompose(beats -> shown.thenCompose(
                        agent -> reports.thenCombine(history, (some, all) -> view(agent, beats, some, all))))
                .toCompletableFuture();
    }

    private DetailsView view(
            AgentRow row, List<StoredHeartbeat> beats, List<StoredMetrics> reports, List<StoredEvent> history) {
        DeploymentStatus status = row.state().isTerminal() ? null : row.status();
        return new DetailsView(
                AgentView.of(row, settings),
                beats.stream().map(HeartbeatView::of).toList(),
                reports.stream().map(MetricsView::of).toList(),
                history.stream().filter(EventView::isShown).map(EventView::of).toList(),
                status == null ? null : KubernetesView.of(status));
    }
}
