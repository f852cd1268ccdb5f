package io.agentstation.telemetry.availability;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each lifecycle event means for the watch of its agent. */
final class LifecycleOrders {

    private static final Logger log = LoggerFactory.getLogger(LifecycleOrders.class);

    private final HourBook book;

    LifecycleOrders(HourBook book) {
        this.book = book;
    }

    void apply(LifecycleEvent event, WatchedAgent agent) {
        agent.known |= event.toState() == AgentState.ACTIVE || event.toState() == AgentState.DRAINING;
        long atMs = event.occurredAt().toEpochMilli();
        switch (event.event()) {
            case UNHEALTHY -> unhealthy(event, agent);
            case TERMINATED, KILLED -> book.ordered(agent, atMs, Watch.GONE);
            case DRAINING -> {
                if ("deleted".equals(event.metadata().get("reason"))) {
                    end(agent, atMs, Watch.ENDED);
                }
            }
            case RESTARTED -> {
                if (agent.watch == Watch.ON || agent.watch == Watch.AWAITED) {
                    book.ordered(agent, atMs, Watch.AWAITED);
                }
            }
            case SCALED -> scaled(event, agent, atMs);
            default -> {
                // Tells nothing of the watch.
            }
        }
    }

    private void scaled(LifecycleEvent event, WatchedAgent agent, long atMs) {
        boolean toNothing = event.metadata().get("replicas") instanceof Number replicas && replicas.intValue() == 0;
        if (toNothing) {
            end(agent, atMs, Watch.OFF);
        } else if (agent.watch == Watch.OFF) {
            book.ordered(agent, atMs, Watch.AWAITED);
        }
    }

    private void end(WatchedAgent agent, long atMs, Watch after) {
        if (agent.watch != Watch.ENDED && agent.watch != Watch.GONE) {
            book.ordered(agent, atMs, after);
        }
    }

    private void unhealthy(LifecycleEvent event, WatchedAgent agent) {
        lastHeard(event).ifPresent(at -> book.unhealthy(agent, at.toEpochMilli()));
    }

    private static Optional<Instant> lastHeard(LifecycleEvent event) {
        try {
            return Optional.of(Instant.parse(String.valueOf(event.metadata().get("last_heartbeat_at"))));
        } catch (DateTimeParseException e) {
            log.atWarn()
                    .addKeyValue("agentId", event.agentId())
                    .addKeyValue("sequence", event.sequence())
                    .log("an event says that an agent is unhealthy, but not since when; it is passed over");
            return Optional.empty();
        }
    }
}
