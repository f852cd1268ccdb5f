package io.agentstation.gateway.inspection;

import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.Slots;
import io.agentstation.store.agents.AgentRow;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/agents/{id}/logs}: what the agent's containers have printed, in one order, those that were restarted
 * included; with {@code follow=true} what they print, as server-sent events, at the pace at which the client reads.
 */
@RestController
final class LogsController {

    private static final Logger log = LoggerFactory.getLogger(LogsController.class);

    private final OwnAgents agents;
    private final ProvisionerLink provisioner;
    private final Slots slots;
    private final OpenAnswers open;
    private final Clock clock;

    LogsController(OwnAgents agents, ProvisionerLink provisioner, Slots logSlots, OpenAnswers open, Clock clock) {
        this.agents = agents;
        this.provisioner = provisioner;
        this.slots = logSlots;
        this.open = open;
        this.clock = clock;
    }

    @GetMapping("/api/agents/{id}/logs")
    void logs(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent,
            HttpServletResponse response)
            throws IOException {
        Caller.User user = caller.user();
        LogQuery query = LogQuery.of(parameters, lastEvent, clock.instant());
        AgentRow row = agents.require(user, id);
        String target = InspectionPaths.logs(row.id(), query.lines(), query.since(), query.follow());
        if (!query.follow()) {
            LogView view = LogView.of(row.id(), read(target), query.lines());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(Wire.write(view));
            return;
        }
        try (Slots.Slot slot = slots.take(user.workspace());
                InputStream answer = provisioner.ask(target)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader("Cache-Control", "no-store");
            // For proxies that would wait for more.
            response.setHeader("X-Accel-Buffering", "no");
            follow(answer, response, row);
        }
    }

    /** When it breaks off, the connection is cut, so that the client comes again and goes on after the last line it has. */
    private void follow(InputStream answer, HttpServletResponse response, AgentRow row) throws IOException {
        open.add(answer);
        try {
            LogStream.passOn(answer, response.getOutputStream());
        } catch (IOException e) {
            log.atDebug().addKeyValue("agentId", row.id()).log("A followed log has broken off", e);
            throw new CloseNowException("a followed log has broken off");
        } finally {
            open.remove(answer);
        }
    }

    private List<LogLine> read(String target) {
        try (InputStream answer = provisioner.ask(target)) {
            return LogStream.all(answer);
        } catch (IOException e) {
            throw RequestRefused.unavailable("The provisioner's answer broke off, try again", e);
        }
    }
}
