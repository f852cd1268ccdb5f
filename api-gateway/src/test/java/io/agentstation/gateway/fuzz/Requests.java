package io.agentstation.gateway.fuzz;

import io.agentstation.gateway.fuzz.Request.Kind;
import io.agentstation.gateway.openapi.Contract;
import io.agentstation.gateway.openapi.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a seed's requests; each depends on the seed and its number only, and on the ids that there are. */
final class Requests {

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final List<String> GARBAGE =
            List.of("", "-1", "0", "99999999999", "1.5", "x", "true", "NaN", "2026-02-30T00:00:00Z", "🚀", "' OR 1=1");

    private final Supply supply;
    private final long seed;

    Requests(Supply supply, long seed) {
        this.supply = supply;
        this.seed = seed;
    }

    Request make(int number) {
        Random random = new Random(seed + number * MIX);
        List<Operation> operations = Contract.get().operations();
        Operation operation = operations.get(random.nextInt(operations.size()));
        return switch (random.nextInt(3)) {
            case 0 -> valid(number, operation, random);
            case 1 -> nearlyValid(number, operation, random);
            default -> hostile(number, operation, random);
        };
    }

    private Request valid(int number, Operation operation, Random random) {
        Draft draft = draft(operation, random);
        return draft.request(number, Kind.VALID, false);
    }

    private Draft draft(Operation operation, Random random) {
        Draft draft = new Draft(operation, supply.livePath(operation, random), supply.credential(operation));
        draft.query.putAll(query(operation, random));
        if (operation.has("Prefer")) {
            draft.headers.put("Prefer", "wait=" + random.nextInt(2) * random.nextInt(2));
        }
        if (operation.has("Idempotency-Key") && random.nextInt(3) == 0) {
            draft.headers.put("Idempotency-Key", Long.toHexString(random.nextLong()));
        }
        operation.bodySchema().ifPresent(schema -> {
            draft.body = new Values(random).valid(schema);
            if (draft.body instanceof ObjectNode object) {
                makeTrue(operation, object, random);
            }
        });
        return draft;
    }

    /** What a schema cannot say: a name that is free, a workspace that there is. */
    private void makeTrue(Operation operation, ObjectNode body, Random random) {
        if (operation.id().equals("createAgent")) {
            body.put("name", "f-" + Long.toHexString(random.nextLong()));
        }
        if (operation.id().equals("createKey") && body.path("workspace_id").isString()) {
            body.put("workspace_id", supply.tenant());
        }
    }

    private static Map<String, String> query(Operation operation, Random random) {
        Map<String, String> query = new LinkedHashMap<>();
        boolean withTimes = random.nextBoolean();
        operation.named("query").forEach(parameter -> {
            String name = parameter.path("name").asString();
            boolean isTime = List.of("from", "to").contains(name);
            // An unpaged list may have a thousand rows: that is tested elsewhere.
            boolean limits = name.equals("limit") && random.nextInt(20) > 0;
            if (isTime ? withTimes : limits || random.nextInt(3) == 0) {
                query.put(name, value(parameter, random));
            }
        });
        // Points are not paged.
        if (!query.getOrDefault("step", "raw").equals("raw")) {
            query.keySet().removeAll(List.of("limit", "cursor"));
        }
        return query;
    }

    private static String value(JsonNode parameter, Random random) {
        if (parameter.has("example")) {
            return parameter.path("example").asString("");
        }
        String name = parameter.path("name").asString();
        if (name.equals("limit")) {
            return Integer.toString(1 + random.nextInt(20));
        }
        return parameter.at("/schema/type").asString("").equals("array")
                ? "team=papers"
                : new Values(random).valid(parameter.path("schema")).asString("");
    }

    private Request nearlyValid(int number, Operation operation, Random random) {
        Draft draft = draft(operation, random);
        List<JsonNode> parameters = operation.named("query").toList();
        boolean inBody = draft.body instanceof ObjectNode && (parameters.isEmpty() || random.nextBoolean());
        if (inBody && draft.body instanceof ObjectNode body) {
            draft.body = new Mutations(random).of(body);
            boolean forbidden = !Contract.get()
                    .problems(operation.bodySchema().orElseThrow(), body)
                    .isEmpty();
            return draft.request(number, Kind.NEARLY_VALID, forbidden);
        }
        if (parameters.isEmpty()) {
            draft.path = supply.anyPath(operation, random);
            draft.credential = supply.anyCredential(operation, random);
            return draft.request(number, Kind.NEARLY_VALID, false);
        }
        JsonNode parameter = parameters.get(random.nextInt(parameters.size()));
        String value = GARBAGE.get(random.nextInt(GARBAGE.size()));
        draft.query.put(parameter.path("name").asString(), value);
        return draft.request(number, Kind.NEARLY_VALID, isForbidden(parameter.path("schema"), value));
    }

    private static boolean isForbidden(JsonNode schema, String value) {
        JsonNode declared = Contract.get().followed(schema);
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode sent = switch (declared.path("type").asString("")) {
            case "array" -> json.arrayNode().add(value);
            case "integer" ->
                value.matches("[0-9]{1,9}") ? json.numberNode(Integer.parseInt(value)) : json.stringNode(value);
            default -> json.stringNode(value);
        };
        return !Contract.get().problems(schema, sent).isEmpty();
    }

    private Request hostile(int number, Operation operation, Random random) {
        Draft draft = draft(operation, random);
        Hostility hostility = new Hostility(random);
        draft.credential = random.nextInt(4) == 0 ? supply.anyCredential(operation, random) : draft.credential;
        switch (random.nextInt(6)) {
            case 0 -> draft.rawBody = hostility.body();
            case 1 -> draft.path = hostility.path(draft.path);
            case 2 -> draft.rawHeader = hostility.header();
            case 3 -> draft.method = hostility.method(draft.method);
            case 4 -> {
                draft.rawBody = hostility.body();
                draft.rawHeader = hostility.header();
                draft.path = hostility.path(draft.path);
            }
            default -> draft.change = hostility::bytes;
        }
        return draft.request(number, Kind.HOSTILE, false);
    }

    /** Text for a query. */
    static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
