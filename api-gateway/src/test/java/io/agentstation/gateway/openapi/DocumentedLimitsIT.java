package io.agentstation.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Every limit that the document names is the server's: what it just allows is not refused, and one more is, by its name. */
final class DocumentedLimitsIT {

    private static final Station STATION = Station.get();
    private static final WorkspaceId WORKSPACE = Station.workspace();
    private static final Http USER = STATION.http(WORKSPACE, "station");
    private static @Nullable Targets targets;

    /** A value of a field or parameter, and whether it is allowed. */
    record Trial(Operation operation, String in, String name, Bound.Value value) {
        @Override
        public String toString() {
            String text = value.json().toString();
            return operation + " " + in + " " + name + " = "
                    + (text.length() > 60 ? text.substring(0, 60) + "... (" + text.length() + ")" : text)
                    + (value.isAllowed() ? " is allowed" : " is refused");
        }
    }

    @BeforeAll
    static void prepare() throws Exception {
        targets = new Targets(STATION, WORKSPACE);
    }

    @AfterAll
    static void end() throws Exception {
        java.util.Objects.requireNonNull(targets).close();
    }

    private static String path(Operation operation) {
        return java.util.Objects.requireNonNull(targets).path(operation);
    }

    static List<Trial> fields() {
        return Contract.get().operations().stream()
                .flatMap(operation -> operation.bodySchema().stream()
                        .flatMap(schema -> Bound.properties(schema)
                                .flatMap(property -> Bound.values(property.getValue())
                                        .map(value -> new Trial(operation, "body", property.getKey(), value)))))
                .toList();
    }

    static List<Trial> parameters() {
        return Contract.get().operations().stream()
                .flatMap(operation -> operation
                        .named("query")
                        .flatMap(parameter -> Bound.values(parameter.path("schema"))
                                .map(value -> new Trial(
                                        operation,
                                        "query",
                                        parameter.path("name").asString(),
                                        value))))
                .toList();
    }

    @Test
    void thereAreLimits() {
        assertThat(fields()).hasSizeGreaterThan(80);
        assertThat(parameters()).hasSizeGreaterThan(60);
    }

    private static void requireVerdict(Trial trial, Answer answer) {
        if (trial.value().isAllowed()) {
            assertThat(answer.status()).as(answer.body().toString()).isNotIn(400, 413, 422);
        } else {
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
            assertThat(answer.fields()).anyMatch(field -> field.startsWith(trial.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aField(Trial trial) {
        ObjectNode body = Targets.body(trial.operation());
        body.set(trial.name(), trial.value().json());

        String[] headers = trial.operation().has("Prefer") ? new String[] {"Prefer", "wait=0"} : new String[0];
        requireVerdict(trial, USER.send(trial.operation().method(), path(trial.operation()), body.toString(), headers));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aParameter(Trial trial) {
        String query = "?" + trial.name() + "=" + trial.value().json().asString("");

        requireVerdict(trial, USER.send(trial.operation().method(), path(trial.operation()) + query, null));
    }

    static Stream<Operation> withBody() {
        return Contract.get().operations().stream()
                .filter(operation -> operation.bodySchema().isPresent());
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void theSizeOfABody(Operation operation) {
        Matcher said = Pattern.compile("(?s)body\\s+may\\s+have\\s+(\\d+)\\s+bytes")
                .matcher(operation.declared().path("description").asString());
        assertThat(said.find()).as("says how large its body may be").isTrue();
        int most = Integer.parseInt(said.group(1));
        String example = Targets.body(operation).toString();
        String path = path(operation);
        String[] headers = operation.has("Prefer") ? new String[] {"Prefer", "wait=0"} : new String[0];

        assertThat(USER.send(operation.method(), path, padded(example, most), headers)
                        .status())
                .isBetween(200, 299);
        assertThat(USER.send(operation.method(), path, padded(example, most + 1), headers)
                        .status())
                .isEqualTo(413);
    }

    private static String padded(String json, int bytes) {
        return json + " ".repeat(bytes - json.length());
    }
}
