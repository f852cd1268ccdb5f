package io.agentstation.gateway.availability;

import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.rollups.Availability;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/agents/{id}/availability}: which share of its expected heartbeat intervals an agent was heard in.
 * {@code window} is {@code hour} (unless said otherwise) or {@code day}, in UTC; {@code from} (a day before {@code to}
 * unless said, rounded down to its window) and {@code to} (now unless said) are RFC 3339. At most 2,000 windows. The hour that
 * lasts is in it. Time in which the ingest path was stalled is not held against the agent: it is shown apart.
 */
@RestController
final class AvailabilityController {

    private final OwnAgents agents;
    private final Availability availability;
    private final Clock clock;

    AvailabilityController(OwnAgents agents, Availability availability, Clock clock) {
        this.agents = agents;
        this.availability = availability;
        this.clock = clock;
    }

    @GetMapping("/api/agents/{id}/availability")
    CompletableFuture<AvailabilityView> read(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters) {
        Caller.User user = caller.user();
        AvailabilityQuery query = AvailabilityQuery.of(parameters, clock.instant());
        return agents.find(user, id)
                .thenCompose(agent -> availability
                        .read(
                                agent.id(),
                                query.windows().from(),
                                query.windows().to())
                        .thenApply(hours -> AvailabilityView.of(agent.id(), query, hours)));
    }
}
