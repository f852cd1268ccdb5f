package io.agentstation.gateway.metrics;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.requests.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/agents/{id}/metrics}. No thread waits for Kafka's acknowledgement. */
@RestController
final class MetricsController {

    private final ReportAdmission admission;
    private final TopicProducer metrics;
    private final GatewaySettings settings;

    MetricsController(
            ReportAdmission admission,
            @Qualifier(MetricsConfiguration.PRODUCER) TopicProducer metrics,
            GatewaySettings settings) {
        this.admission = admission;
        this.metrics = metrics;
        this.settings = settings;
    }

    @PostMapping("/api/agents/{id}/metrics")
    CompletableFuture<MetricsRecorded> record(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        MetricsReport report = MetricsForm.read(RequestBodies.object(request, settings.maxBody()));
        AgentId agent = AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
        // Whether it is admitted matters, and not in which state: an agent learns that from its heartbeats.
        var unused = admission.admit(caller, agent);
        return metrics.send(agent, Wire.write(report)).thenApply(done -> new MetricsRecorded("Metrics recorded"));
    }

    /** The answer to a report that is in the log. */
    record MetricsRecorded(String message) {}
}
