package io.agentstation.gateway.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Puts the OpenAPI 3.1 document together from one head and one part for each capability; ADR 29 says why it is written and not
 * generated. What is the same everywhere is written once, in the head: see {@code document.yaml}.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1">OpenAPI 3.1.1</a>
 */
final class OpenApiDocument {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Pattern SETTING = Pattern.compile("\\$\\{([a-z-]+)}");

    private final Map<String, String> settings;
    private final Map<String, Object> head;

    private OpenApiDocument(Map<String, String> settings, Map<String, Object> head) {
        this.settings = settings;
        this.head = head;
    }

    /**
     * The whole document.
     *
     * @param head     the part that the others are put into, as YAML
     * @param parts    tags, paths and components, as YAML
     * @param settings what <code>${...}</code> in them stands for
     * @throws IllegalArgumentException when two parts declare the same thing, or one names a setting that there is not
     */
    static Map<String, Object> assemble(String head, List<String> parts, Map<String, String> settings) {
        OpenApiDocument document = new OpenApiDocument(settings, new OpenApiDocument(settings, Map.of()).parse(head));
        parts.stream().map(document::parse).forEach(document::add);
        document.complete();
        return document.head;
    }

    private Map<String, Object> parse(String yaml) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        String filled = SETTING.matcher(yaml).replaceAll(name -> Matcher.quoteReplacement(setting(name.group(1))));
        return map(new Yaml(new SafeConstructor(strict)).load(filled));
    }

    private String setting(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the OpenAPI document names a setting that there is not: " + name);
        }
        return value;
    }

    private void add(Map<String, Object> part) {
        list(head, "tags").addAll(list(part, "tags"));
        map(part, "paths").forEach((path, item) -> addAll(path, map(map(head, "paths"), path), map(item)));
        Map<String, Object> components = map(head, "components");
        map(part, "components").forEach((kind, named) -> addAll(kind, map(components, kind), map(named)));
    }

    /** Two parts may share a path, each with its methods and both with the same parameters. */
    private static void addAll(String where, Map<String, Object> all, Map<String, Object> added) {
        added.forEach((name, value) -> {
            Object before = all.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException(
                        "two parts of the OpenAPI document declare " + where + " " + name + " differently");
            }
        });
    }

    private void complete() {
        Map<String, Object> everyOperation = map(take("x-every-operation"), "responses");
        Map<String, Object> everyBody = map(take("x-every-body"), "responses");
        Map<String, Object> everyResponse = map(take("x-every-response"), "headers");
        map(head, "paths")
                .forEach((path, item) -> map(item)
                        .replaceAll((method, operation) -> METHODS.contains(method)
                                ? completed(map(operation), everyOperation, everyBody, everyResponse)
                                : operation));
        map(map(head, "components"), "responses")
                .replaceAll((name, response) -> withHeaders(map(response), everyResponse));
    }

    private Map<String, Object> take(String extension) {
        return map(Objects.requireNonNull(head.remove(extension), extension));
    }

    // Copies, since the parts' YAML may use one object in several places.
    private static Map<String, Object> completed(
            Map<String, Object> operation,
            Map<String, Object> everyOperation,
            Map<String, Object> everyBody,
            Map<String, Object> everyResponse) {
        Map<String, Object> responses = new LinkedHashMap<>(map(operation, "responses"));
        everyOperation.forEach(responses::putIfAbsent);
        if (operation.containsKey("requestBody")) {
            everyBody.forEach(responses::putIfAbsent);
        }
        responses.replaceAll((status, response) ->
                map(response).containsKey("$ref") ? response : withHeaders(map(response), everyResponse));
        Map<String, Object> completed = new LinkedHashMap<>(operation);
        completed.put("responses", responses);
        return completed;
    }

    private static Map<String, Object> withHeaders(Map<String, Object> response, Map<String, Object> more) {
        Map<String, Object> headers = new LinkedHashMap<>(map(new LinkedHashMap<>(response), "headers"));
        headers.putAll(more);
        Map<String, Object> completed = new LinkedHashMap<>(response);
        completed.put("headers", headers);
        return completed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("the OpenAPI document has no object where one belongs: " + value);
    }

    private static Map<String, Object> map(Map<String, Object> parent, String name) {
        return map(parent.computeIfAbsent(name, absent -> new LinkedHashMap<String, Object>()));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> parent, String name) {
        return (List<Object>) parent.computeIfAbsent(name, absent -> new ArrayList<Object>());
    }
}
