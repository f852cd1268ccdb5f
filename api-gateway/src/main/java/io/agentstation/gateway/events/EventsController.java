package io.agentstation.gateway.events;

import io.agentstation.gateway.history.NextLink;
import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.history.PageQuery;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.events.LifecycleEvents;
import jakarta.servlet.http.HttpServletRequest;
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
 * {@code GET /api/agents/{id}/events}: the agent's whole life, newest first, as a bare array of what the details show.
 * {@code limit} (1 to 1,000, 100 unless said), {@code from} and {@code to} (RFC 3339; from that moment on, before that
 * moment) choose; {@code Link: rel="next"} leads on, and is there as long as there may be more, so that a page can have
 * fewer events than its limit.
 */
@RestController
final class EventsController {

    private final OwnAgents agents;
    private final EventPages pages;

    EventsController(OwnAgents agents, LifecycleEvents events) {
        this.agents = agents;
        this.pages = new EventPages(events);
    }

    @GetMapping("/api/agents/{id}/events")
    CompletableFuture<ResponseEntity<List<EventView>>> page(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        Caller.User user = caller.user();
        Problems problems = new Problems();
        PageQuery<Long> query = PageQuery.read(QueryForm.of(parameters, problems), EventPages::cursor);
        problems.refuseIfAny();
        String path = request.getRequestURI();
        return agents.find(user, id)
                .thenCompose(agent -> pages.page(agent.id(), query))
                .thenApply(page -> NextLink.answer(
                        page.events().stream().map(EventView::of).toList(), path, parameters, page.next()));
    }
}
