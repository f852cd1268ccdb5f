package io.agentstation.cluster.objects;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Label and field selectors as list and watch take them, and the selectors inside specs. */
public final class Selector {

    /** Commas that are not inside parentheses. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(!=|==|=)\\s*(.*)");
    private static final Pattern MEMBERSHIP = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^=!\\s()]+)");

    private Selector() {}

    /**
     * Objects whose labels fulfil a selector such as {@code app=x,tier in (a, b),!old}; all for an empty one.
     *
     * @throws ApiFailure (400) when it cannot be parsed
     */
    public static Predicate<ClusterObject> labels(String selector) {
        return all(selector, requirement -> {
            Predicate<Map<String, String>> labels = label(requirement);
            return object -> labels.test(object.labels());
        });
    }

    /**
     * Objects whose fields fulfil a selector such as {@code metadata.name=x,status.phase!=Running}; all for an empty one.
     *
     * @throws ApiFailure (400) when it cannot be parsed
     */
    public static Predicate<ClusterObject> fields(String selector) {
        return all(selector, requirement -> {
            Matcher equality = EQUALITY.matcher(requirement);
            if (!equality.matches()) {
                throw ApiFailure.badRequest("unable to parse field selector requirement: " + requirement, null);
            }
            String path = equality.group(1);
            boolean wanted = !equality.group(2).equals("!=");
            return object -> value(object.json(), path).equals(equality.group(3)) == wanted;
        });
    }

    /** Labels that a spec's {@code selector} with {@code matchLabels} names; the empty selector matches all. */
    public static boolean matchLabels(JsonNode selector, Map<String, String> labels) {
        return equalLabels(selector.path("matchLabels"), labels);
    }

    /** Labels that a Service's {@code selector} names; the empty selector matches all. */
    public static boolean equalLabels(JsonNode selector, Map<String, String> labels) {
        return ClusterObject.strings(selector).entrySet().stream()
                .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static Predicate<ClusterObject> all(
            String selector, java.util.function.Function<String, Predicate<ClusterObject>> parse) {
        return SEPARATOR
                .splitAsStream(selector)
                .map(String::strip)
                .filter(requirement -> !requirement.isEmpty())
                .map(parse)
                .reduce(object -> true, Predicate::and);
    }

    private static Predicate<Map<String, String>> label(String requirement) {
        Matcher membership = MEMBERSHIP.matcher(requirement);
        if (membership.matches()) {
            List<String> values = Arrays.stream(membership.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean wanted = membership.group(2).equals("in");
            return labels -> values.contains(labels.getOrDefault(membership.group(1), "\u0000")) == wanted;
        }
        Matcher equality = EQUALITY.matcher(requirement);
        if (equality.matches()) {
            boolean wanted = !equality.group(2).equals("!=");
            return labels -> equality.group(3).equals(labels.get(equality.group(1))) == wanted;
        }
        Matcher existence = EXISTENCE.matcher(requirement);
        if (existence.matches()) {
            return labels ->
                    labels.containsKey(existence.group(2)) == existence.group(1).isEmpty();
        }
        throw ApiFailure.badRequest("unable to parse requirement: " + requirement, null);
    }

    private static String value(JsonNode json, String path) {
        JsonNode node = json;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.asString("");
    }
}
