package io.agentstation.gateway.exports;

import io.agentstation.gateway.agents.AgentView;
import io.agentstation.gateway.events.EventView;
import io.agentstation.gateway.metrics.MetricsView;

/** What an export shows of an agent, its events and its metrics: all of it but the secrets. */
final class RedactedViews {

    private RedactedViews() {}

    static AgentView of(AgentView agent) {
        return agent.withLabels(Redaction.ofLabels(agent.labels()));
    }

    static EventView of(EventView event) {
        return new EventView(
                event.id(),
                event.agentUuid(),
                event.eventType(),
                event.fromState(),
                event.toState(),
                Redaction.of(event.metadata()),
                event.timestamp());
    }

    static MetricsView of(MetricsView report) {
        return new MetricsView(
                report.id(),
                report.agentUuid(),
                report.cpuPercent(),
                report.memoryMb(),
                report.requestsHandled(),
                Redaction.of(report.customMetrics()),
                report.timestamp());
    }
}
