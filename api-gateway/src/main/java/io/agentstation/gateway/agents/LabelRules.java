package io.agentstation.gateway.agents;

import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code labels} by Kubernetes' rules; the prefixes of Kubernetes and of the station are reserved.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels, syntax</a>
 */
public final class LabelRules {

    private static final String FIELD = "labels";
    private static final int MOST = 64;
    private static final int LONGEST_PREFIX = 253;
    private static final String DNS_LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile(DNS_LABEL + "(?:\\." + DNS_LABEL + ")*");
    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", "agentstation.io");

    private LabelRules() {}

    /** The labels; those that are wrong are noted. */
    public static SortedMap<String, String> read(JsonForm body) {
        Optional<JsonForm> form = body.object(FIELD);
        if (form.isEmpty()) {
            return Collections.emptySortedMap();
        }
        if (form.get().names().size() > MOST) {
            body.problem(FIELD, "labels must be at most " + MOST);
        }
        SortedMap<String, String> labels = new TreeMap<>();
        for (String key : form.get().names()) {
            value(form.get(), key).ifPresent(value -> labels.put(key, value));
        }
        return labels;
    }

    /** The labels to set; the value of one that is to be removed, which is null or empty in the body, is empty. */
    static SortedMap<String, String> readChanges(JsonForm body) {
        Optional<JsonForm> form = body.object(FIELD);
        SortedMap<String, String> labels = new TreeMap<>();
        for (String key : form.map(JsonForm::names).orElse(List.of())) {
            JsonForm changes = form.orElseThrow();
            if (changes.value(key).isEmpty() && isKey(key) && !isReserved(key)) {
                labels.put(key, "");
            } else {
                value(changes, key).ifPresent(value -> labels.put(key, value));
            }
        }
        return labels;
    }

    private static Optional<String> value(JsonForm form, String key) {
        String shown = Problems.shortened(key);
        if (!isKey(key)) {
            form.problem(shown, "labels: \"" + shown + "\" is not a Kubernetes label key");
            return Optional.empty();
        }
        if (isReserved(key)) {
            form.problem(shown, "labels: the prefix of \"" + shown + "\" is reserved");
            return Optional.empty();
        }
        Optional<String> value =
                form.value(key).flatMap(JsonNode::stringValueOpt).filter(LabelRules::isValue);
        if (value.isEmpty()) {
            form.problem(
                    shown,
                    "labels: the value of \"" + shown
                            + "\" must be a string of at most 63 letters, digits, '-', '_' or '.'");
        }
        return value;
    }

    static boolean isValue(String value) {
        return value.isEmpty() || NAME.matcher(value).matches();
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean prefixed = slash < 0
                || (prefix.length() <= LONGEST_PREFIX && PREFIX.matcher(prefix).matches());
        return prefixed && NAME.matcher(key.substring(slash + 1)).matches();
    }

    private static boolean isReserved(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        return RESERVED.stream().anyMatch(domain -> prefix.equals(domain) || prefix.endsWith("." + domain));
    }
}
