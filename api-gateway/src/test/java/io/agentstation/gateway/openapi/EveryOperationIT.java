package io.agentstation.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the document, as its own examples say it: it succeeds, and it refuses as documented. That an answer has
 * the shape that the document gives it is checked by the client, here as in every other test of the gateway.
 */
final class EveryOperationIT {

    private static final Station STATION = Station.get();
    private static final WorkspaceId WORKSPACE = Station.workspace();
    private static final Http USER = STATION.http(WORKSPACE);
    private static final Http STATION_KEY = STATION.http(WORKSPACE, "station");
    private static final Set<String> NO_MUTATIONS = Set.of("recordHeartbeat", "recordMetrics", "exportAgent");
    private static @Nullable Targets targets;

    @BeforeAll
    static void prepare() throws Exception {
        targets = new Targets(STATION, WORKSPACE);
    }

    @AfterAll
    static void end() throws Exception {
        targets().close();
    }

    private static Targets targets() {
        return java.util.Objects.requireNonNull(targets);
    }

    static List<Operation> operations() {
        return Contract.get().operations();
    }

    private static Answer send(Http client, Operation operation, String path, @Nullable String body) {
        String[] headers = operation.has("Prefer") ? new String[] {"Prefer", "wait=0"} : new String[0];
        return client.send(operation.method(), path, body, headers);
    }

    private static @Nullable String example(Operation operation) {
        return operation.bodySchema().isPresent() ? Targets.body(operation).toString() : null;
    }

    private static Http holder(Operation operation) {
        return Targets.isForTheStation(operation) ? STATION_KEY : USER;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void succeeds(Operation operation) {
        Answer answer = send(holder(operation), operation, targets().path(operation), example(operation));

        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 299);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesWhoeverHasNoValidKey(Operation operation) {
        String path =
                operation.path().replaceAll("\\{[a-z_]+}", UUID.randomUUID().toString());

        assertThat(send(USER.as("sta_wrong"), operation, path, example(operation))
                        .status())
                .isEqualTo(401);
        assertThat(send(STATION.http(), operation, path, example(operation)).status())
                .isEqualTo(operation.needsKey() ? 401 : 200);
    }

    static List<Operation> withPathNames() {
        return operations().stream()
                .filter(operation -> !operation.pathNames().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withPathNames")
    void doesNotFindWhatThereIsNot(Operation operation) {
        for (String id : List.of(UUID.randomUUID().toString(), "no-uuid")) {
            String path = operation.path().replaceAll("\\{[a-z_]+}", id);

            assertThat(send(holder(operation), operation, path, example(operation))
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    /** What is not done twice: a report that comes again says the same, and an export changes nothing. */
    static List<Operation> mutations() {
        return operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .filter(operation -> !NO_MUTATIONS.contains(operation.id()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void takesAnIdempotencyKeyThatStandsForOneRequest(Operation operation) {
        assertThat(operation.has("Idempotency-Key")).isTrue();
        String[] used = {"Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "wait=0"};
        String agent = "{\"name\":\"" + Station.name() + "\"}";
        assertThat(USER.send("PUT", "/api/policies", "{\"on_unhealthy\":\"kill\"}", used)
                        .status())
                .isEqualTo(200);
        assertThat(USER.post("/api/agents", agent, used).status()).isEqualTo(201);
        String path = targets().path(operation);

        Answer reused = holder(operation).send(operation.method(), path, example(operation), used);
        Answer wrong = holder(operation)
                .send(operation.method(), path, example(operation), "Idempotency-Key", "a b", "Prefer", "wait=0");

        assertThat(reused.status()).as(reused.body().toString()).isEqualTo(422);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.fields()).containsExactly("Idempotency-Key");
    }

    static List<Operation> withBody() {
        return operations().stream()
                .filter(operation -> operation.bodySchema().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void refusesABodyThatIsNone(Operation operation) {
        String path = targets().path(operation);

        assertThat(send(holder(operation), operation, path, "{").status()).isEqualTo(400);
        assertThat(holder(operation)
                        .send(operation.method(), path, "{}", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }
}
