package io.agentstation.gateway.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An operation of the document.
 *
 * @param parameters those of its path too, references followed
 */
public record Operation(String method, String path, JsonNode declared, List<JsonNode> parameters) {

    /** Its {@code operationId}. */
    public String id() {
        return declared.path("operationId").asString("");
    }

    /** Whether this is its path, as it was sent. */
    boolean matches(String rawPath) {
        return form().matcher(rawPath).matches();
    }

    private Pattern form() {
        return Pattern.compile(Stream.of(path.split("/", -1))
                .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining("/")));
    }

    /** How many parts of its path are fixed: of two operations that match, the one with more is meant. */
    int fixedParts() {
        return (int) Stream.of(path.split("/", -1))
                .filter(part -> !part.startsWith("{"))
                .count();
    }

    /** The names in its path. */
    public List<String> pathNames() {
        return named("path").map(parameter -> parameter.path("name").asString()).toList();
    }

    /** Its parameters in {@code query}, {@code header} or {@code path}. */
    public Stream<JsonNode> named(String in) {
        return new ArrayList<>(parameters)
                .stream().filter(parameter -> parameter.path("in").asString().equals(in));
    }

    /** Whether it has a parameter of this name. */
    public boolean has(String name) {
        return parameters.stream()
                .anyMatch(parameter -> parameter.path("name").asString().equals(name));
    }

    /** The schema of its body. */
    public Optional<JsonNode> bodySchema() {
        return Optional.of(declared.at("/requestBody/content/application~1json/schema"))
                .filter(schema -> !schema.isMissingNode());
    }

    /** The body that the document gives as an example, if it has one. */
    public Optional<JsonNode> bodyExample() {
        JsonNode json = declared.at("/requestBody/content/application~1json");
        JsonNode one = json.path("example");
        return one.isMissingNode()
                ? json.path("examples").values().stream()
                        .map(example -> example.path("value"))
                        .findFirst()
                : Optional.of(one);
    }

    /** Whether a key is needed. */
    public boolean needsKey() {
        return declared.path("security").isMissingNode();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
