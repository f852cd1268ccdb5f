package io.agentstation.gateway.openapi;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document of a gateway with the default settings, as something to hold answers against. */
public final class Contract {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String JSON = "application/json";
    private static final Contract SHARED = new Contract();

    private final JsonNode document;
    private final List<Operation> operations;
    private final Schemas asWritten;
    private final Schemas closed;

    private Contract() {
        GatewaySettings settings =
                Binder.get(new MockEnvironment()).bindOrCreate("station.gateway", GatewaySettings.class);
        byte[] json = new Pages(settings)
                .at("/api/openapi.json")
                .orElseThrow()
                .content()
                .get();
        this.document = Wire.mapper().readTree(json);
        this.operations = document.path("paths")
                .propertyStream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .toList();
        this.asWritten = new Schemas(document.path("components"));
        this.closed = new Schemas(ClosedSchemas.of(document.path("components")));
    }

    /** The shared one. */
    public static Contract get() {
        return SHARED;
    }

    private Stream<Operation> operations(String path, JsonNode item) {
        return item.propertyStream()
                .filter(method -> METHODS.contains(method.getKey()))
                .map(method -> new Operation(
                        method.getKey().toUpperCase(java.util.Locale.ROOT),
                        path,
                        method.getValue(),
                        Stream.of(item, method.getValue())
                                .flatMap(declaring ->
                                        declaring.path("parameters").valueStream())
                                .map(this::followed)
                                .toList()));
    }

    /** The document. */
    public JsonNode document() {
        return document;
    }

    /** Every operation. */
    public List<Operation> operations() {
        return operations;
    }

    /** What a reference points to; anything else is itself. */
    public JsonNode followed(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? document.at(reference.asString().substring(1)) : node;
    }

    /** The operation that a request is for; empty when the document has none. */
    public Optional<Operation> operation(String method, String rawPath) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.matches(rawPath))
                .max(Comparator.comparingInt(Operation::fixedParts));
    }

    /** What is wrong with a value by a schema of a request; empty when nothing is. */
    public List<String> problems(JsonNode schema, JsonNode value) {
        return asWritten.problems(schema, value);
    }

    /** What an answer has that the document does not say, and the other way round; empty when nothing. */
    public List<String> problems(
            String method, String rawPath, int status, Function<String, Optional<String>> header, byte[] body) {
        Optional<Operation> operation = operation(method, rawPath);
        if (operation.isEmpty()) {
            return status < 400 ? List.of() : error(body);
        }
        JsonNode response =
                followed(operation.get().declared().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of(operation.get() + " answered " + status + ", which is not documented: " + text(body));
        }
        List<String> found = new ArrayList<>(headers(response, header));
        String type = header.apply("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            found.add("Content-Type \"" + type + "\" is not documented");
        } else if (type.equals(JSON)) {
            found.addAll(closed.problems(ClosedSchemas.of(content.path("schema")), read(body)));
        }
        return found.stream()
                .map(problem -> operation.get() + " " + status + ": " + problem + " in " + text(body))
                .toList();
    }

    private List<String> error(byte[] body) {
        return closed.problems(document.at("/components/schemas/Error"), read(body));
    }

    private List<String> headers(JsonNode response, Function<String, Optional<String>> header) {
        return response.path("headers")
                .propertyStream()
                .map(declared -> Map.entry(declared.getKey(), followed(declared.getValue())))
                .flatMap(declared -> header(declared.getKey(), declared.getValue(), header.apply(declared.getKey())))
                .toList();
    }

    private Stream<String> header(String name, JsonNode declared, Optional<String> value) {
        if (value.isEmpty()) {
            return declared.path("required").asBoolean(false) ? Stream.of("no header " + name) : Stream.empty();
        }
        boolean number = declared.at("/schema/type").asString("").equals("integer")
                && value.get().matches("\\d{1,18}");
        JsonNode shown = number
                ? Wire.mapper().valueToTree(Long.valueOf(value.get()))
                : Wire.mapper().valueToTree(value.get());
        return asWritten.problems(declared.path("schema"), shown).stream().map(problem -> name + ": " + problem);
    }

    private static JsonNode read(byte[] body) {
        return body.length == 0 ? Wire.mapper().missingNode() : Wire.mapper().readTree(body);
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
    }
}
