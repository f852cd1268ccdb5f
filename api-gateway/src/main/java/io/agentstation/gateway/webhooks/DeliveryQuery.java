package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.webhooks.WebhookEvents;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which deliveries are wanted.
 *
 * @param limit  most at a time
 * @param cursor the delivery after which to go on; empty from the newest on
 */
record DeliveryQuery(
        int limit, Optional<UUID> cursor, Optional<Outcome> outcome, Optional<String> event, Optional<AgentId> agent) {

    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final String TEST = "webhook.test";

    /** Reads it; what is wrong is noted with the form. */
    static DeliveryQuery read(QueryForm form) {
        return new DeliveryQuery(
                form.integer("limit", 1, MOST).orElse(USUAL),
                form.read("cursor", text -> AgentId.parse(text).map(AgentId::value), "one that a Link header gave"),
                form.oneOf(
                        "outcome", Outcome.values(), outcome -> outcome.name().toLowerCase(Locale.ROOT)),
                form.read(
                        "event", DeliveryQuery::event, TEST + " or one of: " + String.join(", ", WebhookEvents.all())),
                form.read("agent_uuid", AgentId::parse, "a UUID of 36 characters"));
    }

    private static Optional<String> event(String text) {
        return Optional.of(text)
                .filter(name -> name.equals(TEST) || WebhookEvents.all().contains(name));
    }

    boolean isFiltered() {
        return outcome.isPresent() || event.isPresent() || agent.isPresent();
    }

    boolean accepts(DeliveryAttempt attempt) {
        return outcome.filter(wanted -> wanted != attempt.outcome()).isEmpty()
                && event.filter(wanted -> !wanted.equals(attempt.event())).isEmpty()
                && agent.filter(wanted -> !wanted.equals(attempt.agent())).isEmpty();
    }
}
