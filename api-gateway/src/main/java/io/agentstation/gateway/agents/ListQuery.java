package io.agentstation.gateway.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.store.agents.AgentRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/**
 * Which agents a list asks for.
 *
 * @param limit      how many at most, 1 to 1,000
 * @param cursor     only agents older than this one
 * @param namePrefix what their names begin with
 * @param labels     what they carry, all of it
 */
record ListQuery(
        int limit,
        Optional<AgentId> cursor,
        Optional<AgentState> state,
        Optional<Health> health,
        String namePrefix,
        Map<String, String> labels) {

    static final int MOST = 1_000;

    /**
     * Reads the parameters of the request.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every parameter that is wrong
     */
    static ListQuery of(MultiValueMap<String, String> parameters) {
        Problems problems = new Problems();
        ListQuery query = new ListQuery(
                read(parameters, "limit", ListQuery::limit, "limit must be an integer from 1 to 1000", problems)
                        .orElse(MOST),
                read(parameters, "cursor", AgentId::parse, "cursor must be one that a Link header gave", problems),
                read(parameters, "state", ListQuery::state, oneOf("state", AgentState.values()), problems),
                read(
                        parameters,
                        "health",
                        ListQuery::health,
                        "health must be one of: unknown, healthy, unhealthy",
                        problems),
                read(parameters, "name", Optional::of, "", problems).orElse(""),
                labels(parameters.getOrDefault("label", List.of()), problems));
        problems.refuseIfAny();
        return query;
    }

    private static <T> Optional<T> read(
            MultiValueMap<String, String> parameters,
            String name,
            Function<String, Optional<T>> reader,
            String otherwise,
            Problems problems) {
        Optional<String> text = Optional.ofNullable(parameters.getFirst(name));
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            problems.add(name, otherwise);
        }
        return value;
    }

    private static Optional<Integer> limit(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .filter(number -> number >= 1 && number <= MOST);
    }

    private static Optional<AgentState> state(String text) {
        return Arrays.stream(AgentState.values())
                .filter(state -> state.name().equals(text))
                .findFirst();
    }

    private static Optional<Health> health(String text) {
        return Arrays.stream(Health.values())
                .filter(health -> health.wireName().equals(text))
                .findFirst();
    }

    private static String oneOf(String name, Object[] values) {
        return name + " must be one of: "
                + Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Map<String, String> labels(List<String> pairs, Problems problems) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problems.add("label", "label must be key=value");
            } else {
                labels.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return labels;
    }

    boolean isName(String name) {
        return name.startsWith(namePrefix);
    }

    boolean accepts(AgentRow row) {
        return state.filter(wanted -> row.state() != wanted).isEmpty()
                && health.filter(wanted -> row.health() != wanted).isEmpty()
                && row.spec().labels().entrySet().containsAll(labels.entrySet());
    }
}
