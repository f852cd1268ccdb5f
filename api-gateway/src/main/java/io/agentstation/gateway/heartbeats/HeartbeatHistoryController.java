package io.agentstation.gateway.heartbeats;

import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.history.PageQuery;
import io.agentstation.gateway.history.ReportCursor;
import io.agentstation.gateway.history.ReportPages;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.ReportPlace;
import io.agentstation.store.reports.StoredHeartbeat;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/agents/{id}/heartbeats}: those that are kept, newest first, as a bare array of what the details show.
 * {@code limit} (1 to 1,000, 100 unless said), {@code from} and {@code to} (RFC 3339; from that moment on, before that
 * moment) choose; {@code Link: rel="next"} leads on. Its cursor is a place in the log: heartbeats that come in the meantime
 * neither move nor repeat anything.
 */
@RestController
final class HeartbeatHistoryController {

    private final OwnAgents agents;
    private final ReportPages<StoredHeartbeat, HeartbeatView> pages;

    HeartbeatHistoryController(OwnAgents agents, Heartbeats heartbeats, Clock clock) {
        this.agents = agents;
        this.pages = new ReportPages<>(heartbeats.history(), HeartbeatView::of, clock);
    }

    @GetMapping("/api/agents/{id}/heartbeats")
    CompletableFuture<ResponseEntity<List<HeartbeatView>>> page(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        Caller.User user = caller.user();
        Problems problems = new Problems();
        PageQuery<ReportPlace> query = PageQuery.read(QueryForm.of(parameters, problems), ReportCursor::parse);
        problems.refuseIfAny();
        String path = request.getRequestURI();
        return agents.find(user, id).thenCompose(agent -> pages.answer(agent.id(), query, path, parameters));
    }
}
