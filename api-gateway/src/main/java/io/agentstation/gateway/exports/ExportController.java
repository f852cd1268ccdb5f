package io.agentstation.gateway.exports;

import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.agents.AgentView;
import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.gateway.requests.Slots;
import io.agentstation.store.agents.LatestReports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/agents/{id}/export}: everything about an agent as one document (reference 000, "Export Agent Data").
 *
 * <p>The body may be left out. {@code include_telemetry} (true unless said) and {@code telemetry_limit} (1 to 10,000, 100
 * unless said) choose how many heartbeats, and how many metrics, are in it, newest first; lifecycle events are always
 * complete, and the totals always count all that is kept. Secrets are redacted.
 *
 * <p>Rows go from Cassandra's pages to the socket, on the request's own thread, at the pace at which the client reads. An
 * export that cannot be finished ends in a cut connection, never in a document that looks whole. How many are written at the
 * same time is bounded; one too many is a 429 with {@code Retry-After}.
 */
@RestController
final class ExportController {

    private final OwnAgents agents;
    private final LatestReports latest;
    private final AgentExport export;
    private final Slots slots;
    private final ExportStream stream;
    private final GatewaySettings settings;

    ExportController(
            OwnAgents agents,
            LatestReports latest,
            AgentExport export,
            Slots exportSlots,
            ExportStream stream,
            GatewaySettings settings) {
        this.agents = agents;
        this.latest = latest;
        this.export = export;
        this.slots = exportSlots;
        this.stream = stream;
        this.settings = settings;
    }

    @PostMapping("/api/agents/{id}/export")
    void export(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller.User user = caller.user();
        int most = ExportForm.telemetryLimit(RequestBodies.optionalObject(request, settings.maxBody()));
        try (Slots.Slot slot = slots.take(user.workspace())) {
            AgentView agent =
                    AgentView.of(ExportDocument.await(agents.find(user, id).thenCompose(latest::addTo)), settings);
            stream.send(response, agent.uuid(), document -> export.write(document, agent, most, user.owner()));
        }
    }
}
