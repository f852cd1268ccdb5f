package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.webhooks.WebhookEvents;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.contracts.webhooks.WebhookUrl;
import io.agentstation.gateway.agents.LabelRules;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.store.webhooks.WebhookChange;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a subscription: what is not sent stays as it was; {@code agent_uuid} and {@code labels} can be null, for none. */
final class WebhookForm {

    static final String EVENTS = "events";
    private static final String URL = "url";
    private static final String AGENT = "agent_uuid";
    private static final String LABELS = "labels";
    private static final String DESCRIPTION = "description";
    private static final String ENABLED = "enabled";
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final WebhookChange NEW =
            new WebhookChange("", new WebhookFilter(Set.of(WebhookEvents.ALL), null, Map.of()), "", true);

    private final JsonForm form;
    private final WebhookUrl rules;

    private WebhookForm(JsonForm form, WebhookUrl rules) {
        this.form = form;
        this.rules = rules;
    }

    /**
     * A new subscription.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static WebhookChange create(JsonForm form, WebhookUrl rules) {
        if (form.value(URL).isEmpty()) {
            form.problem(URL, "url is required");
        }
        return new WebhookForm(form, rules).over(NEW);
    }

    /**
     * A changed subscription.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static WebhookChange change(JsonForm form, WebhookUrl rules, WebhookChange before) {
        return new WebhookForm(form, rules).over(before);
    }

    private WebhookChange over(WebhookChange before) {
        WebhookChange wanted = new WebhookChange(
                url().orElse(before.url()),
                new WebhookFilter(
                        events(form).orElse(before.filter().events()),
                        agent(before.filter().agent()),
                        form.has(LABELS)
                                ? LabelRules.read(form)
                                : before.filter().labels()),
                description().orElse(before.description()),
                form.flag(ENABLED).orElse(before.enabled()));
        form.problems().refuseIfAny();
        return wanted;
    }

    private Optional<String> url() {
        Optional<String> url = form.text(URL);
        url.flatMap(rules::problem).ifPresent(problem -> form.problem(URL, "url " + problem));
        return url;
    }

    private Optional<String> description() {
        Optional<String> text = form.text(DESCRIPTION);
        if (text.filter(given -> given.length() > LONGEST_DESCRIPTION).isPresent()) {
            form.problem(DESCRIPTION, "description must be at most " + LONGEST_DESCRIPTION + " characters");
        }
        return text;
    }

    private @Nullable AgentId agent(@Nullable AgentId before) {
        if (!form.has(AGENT)) {
            return before;
        }
        Optional<String> text = form.text(AGENT);
        Optional<AgentId> agent = text.flatMap(AgentId::parse);
        if (text.isPresent() && agent.isEmpty()) {
            form.problem(AGENT, "agent_uuid must be a UUID of 36 characters");
        }
        return agent.orElse(null);
    }

    /** The names of events that a form lists; those that are none are noted. */
    static Optional<Set<String>> events(JsonForm form) {
        return form.value(EVENTS).map(list -> {
            Set<String> names = new TreeSet<>();
            boolean fine = list.isArray() && !list.isEmpty();
            for (JsonNode name : list) {
                fine &= name.stringValueOpt().filter(WebhookEvents::isName).isPresent();
                name.stringValueOpt().ifPresent(names::add);
            }
            if (!fine) {
                form.problem(
                        EVENTS,
                        "events must be an array of at least one of: \"*\", " + String.join(", ", WebhookEvents.all()));
            }
            return names;
        });
    }
}
