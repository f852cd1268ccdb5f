package io.agentstation.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.keys.Operation.Things;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation that the gateway maps, by everybody who might try it. */
class WhoMayDoWhatIT {

    private static final Station STATION = Station.get();
    private static final WorkspaceId OWN = Station.workspace();

    private static final Map<String, Http> KEYS = Stream.of("viewer", "member", "admin", "station")
            .collect(Collectors.toMap(role -> role, role -> STATION.http(OWN, role)));
    private static final Map<String, String> TOO_SMALL =
            Map.of("member", "viewer", "admin", "member", "station", "admin");
    private static final Things THINGS = things(key("admin"));

    static List<Operation> operations() {
        return Operation.all();
    }

    @Test
    void noOperationIsMissingHere() {
        RequestMappingHandlerMapping mapping =
                STATION.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        List<String> mapped = mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(pattern ->
                                info.getMethodsCondition().getMethods().stream().map(method -> method + " " + pattern)))
                .toList();

        assertThat(new TreeSet<>(mapped))
                .isEqualTo(operations().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void withoutAValidCredentialItIs401(Operation operation) {
        Http nobody = STATION.http();
        String unknown = ApiKeyText.fresh(new SecureRandom()).text();
        List<Http> intruders =
                List.of(nobody, nobody.as("wrong"), nobody.as(unknown), nobody.as(revoked()), nobody.as(forged()));
        int first = operation.isOpen() ? 1 : 0;

        assertThat(intruders.subList(first, intruders.size())).allSatisfy(intruder -> {
            Answer answer = send(intruder, operation, THINGS);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().path("code").asString()).isEqualTo("unauthorized");
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void withTooSmallARoleItIs403AndSaysWhichIsNeeded(Operation operation) {
        String tooSmall = TOO_SMALL.get(operation.needed());
        if (tooSmall == null) {
            return;
        }
        Answer answer = send(key(tooSmall), operation, THINGS);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error().toLowerCase(Locale.ROOT)).contains(operation.needed());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anAgentsTokenOpensItsOwnReportsAndNothingElse(Operation operation) {
        Http stranger =
                STATION.http().as(AgentToken.of(Station.key(), AgentId.of("0190a5c0-0000-7000-8000-00000000abcd")));

        Answer answer = send(stranger, operation, THINGS);

        assertThat(answer.status()).isEqualTo(operation.agents() ? 404 : 403);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anotherTenantFindsNothing(Operation operation) {
        // The scope station is meant to reach the keys and workspaces of all, but nobody's agents.
        String role = operation.needed().equals("station") ? "station" : "admin";
        Answer answer = send(STATION.http(Station.workspace(), role), operation, THINGS);

        if (operation.namesAThing()) {
            assertThat(answer.status()).isEqualTo(404);
        }
        assertThat(answer.body().toString())
                .doesNotContain(THINGS.agent())
                .doesNotContain(THINGS.webhook())
                .doesNotContain(THINGS.key())
                .doesNotContain('"' + THINGS.workspace() + '"');
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoHasTheRoleIsNotTurnedAway(Operation operation) {
        Things own = things(key("admin"));
        Http key = operation.isOpen() ? STATION.http() : key(operation.needed());

        Answer answer = send(key, operation, own);

        assertThat(answer.status()).isNotIn(401, 403, 405, 429);
        assertThat(answer.body().path("code").asString(""))
                .isNotIn("agent_not_found", "webhook_not_found", "key_not_found");
    }

    private static Http key(String role) {
        return Objects.requireNonNull(KEYS.get(role));
    }

    private static Answer send(Http client, Operation operation, Things things) {
        String body = operation.body().replace("%s", Station.name());
        return client.send(
                operation.method(), operation.path(things), body.isEmpty() ? null : body, "Prefer", "wait=0");
    }

    private static Things things(Http admin) {
        String agent = admin.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
                .body()
                .at("/agent/uuid")
                .asString();
        String webhook = admin.post("/api/webhooks", "{\"url\":\"https://hooks.example.com/matrix\"}")
                .body()
                .path("id")
                .asString();
        String key = admin.post("/api/keys", "{\"name\":\"matrix\"}")
                .body()
                .path("key_id")
                .asString();
        assertThat(List.of(agent, webhook, key)).doesNotContain("");
        return new Things(OWN.value(), agent, webhook, key);
    }

    private static String revoked() {
        Http admin = key("admin");
        Answer made = admin.post("/api/keys", "{\"name\":\"to be revoked\"}");
        admin.delete("/api/keys/" + made.body().path("key_id").asString());
        return made.body().path("key").asString();
    }

    private static String forged() {
        return AgentToken.of(Station.key(), AgentId.of(THINGS.agent())) + "x";
    }
}
