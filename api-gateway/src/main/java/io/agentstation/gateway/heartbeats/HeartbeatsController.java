package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.lifecycle.ReportAdmission;
import io.agentstation.gateway.requests.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/agents/{id}/heartbeat}. No thread waits for Kafka's acknowledgement. */
@RestController
final class HeartbeatsController {

    private final ReportAdmission admission;
    private final HeartbeatQueue queue;
    private final GatewaySettings settings;

    HeartbeatsController(ReportAdmission admission, HeartbeatQueue queue, GatewaySettings settings) {
        this.admission = admission;
        this.queue = queue;
        this.settings = settings;
    }

    @PostMapping("/api/agents/{id}/heartbeat")
    CompletableFuture<HeartbeatRecorded> record(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Heartbeat heartbeat = HeartbeatForm.read(RequestBodies.object(request, settings.maxBody()));
        AgentId agent = AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
        if (ProbeAgent.is(caller, agent)) {
            return queue.appendProbe().thenApply(done -> HeartbeatRecorded.in(null));
        }
        Optional<AgentState> state = admission.admit(caller, agent);
        return queue.append(agent, heartbeat).thenApply(done -> HeartbeatRecorded.in(state.orElse(null)));
    }
}
