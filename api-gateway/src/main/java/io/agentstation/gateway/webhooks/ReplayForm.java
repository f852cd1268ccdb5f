package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.store.webhooks.Webhook;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Which time is to be sent again.
 *
 * @param since  required; no longer ago than events are kept
 * @param until  the end, now unless said
 * @param events those of the subscription unless said
 */
record ReplayForm(Instant since, Instant until, Set<String> events) {

    /**
     * Reads it.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static ReplayForm read(JsonForm form, Webhook webhook, Instant now) {
        if (form.value("since").isEmpty()) {
            form.problem("since", "since is required");
        }
        Instant since = time(form, "since").orElse(now);
        Instant until = time(form, "until").orElse(now);
        if (since.isAfter(until)) {
            form.problem("since", "since must not be after until");
        }
        if (since.isBefore(now.minus(Topic.LIFECYCLE.retention()))) {
            form.problem(
                    "since",
                    "since must be within the last "
                            + Topic.LIFECYCLE.retention().toDays() + " days: older events are not kept");
        }
        Set<String> events = WebhookForm.events(form).orElse(webhook.filter().events());
        form.problems().refuseIfAny();
        return new ReplayForm(since, until, events);
    }

    private static Optional<Instant> time(JsonForm form, String field) {
        return form.text(field).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                form.problem(field, field + " must be a time by RFC 3339, such as 2026-01-31T08:00:00Z");
                return Optional.empty();
            }
        });
    }
}
