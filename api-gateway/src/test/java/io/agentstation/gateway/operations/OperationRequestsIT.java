package io.agentstation.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.agents.ResourcesPatch;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRequestsIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final WorkspaceId workspace = Station.workspace();
    private final Http user = station.http(workspace);
    private final Http stationKey = station.http(workspace, "station");

    @Test
    void aPatchIsACommandThatNamesWhatItChangesAndNothingElse() {
        AgentId agent = active(",\"env\":{\"KEEP\":\"k\",\"CHANGE\":\"before\",\"DROP\":\"d\"}");

        CompletableFuture<Answer> answer = sending("PATCH", agent, "", """
                {"description":"new","image":"example/image:2","resources":{"cpu_limit":"2"},"labels":{"team":"a","old":null},
                 "env":{"CHANGE":"a secret of the test","DROP":null},"reason":"bigger"}""");
        others.projectUpdate(agent);
        others.outcome(agent, EventType.UPDATED);

        assertThat(answer.join().status()).as(answer.join().body().toString()).isEqualTo(200);
        AgentCommand.Update update =
                (AgentCommand.Update) others.commands(agent).get(1);
        String version = update.commandId().toString();
        assertThat(update.meta().reason()).isEqualTo("bigger");
        assertThat(update.patch())
                .isEqualTo(new SpecPatch(
                        "new",
                        "example/image:2",
                        new ResourcesPatch(null, null, "2", null),
                        new TreeMap<>(Map.of("team", "a", "old", "")),
                        null,
                        new TreeMap<>(Map.of("CHANGE", version, "DROP", ""))));
        assertThat(answer.join()
                        .body()
                        .at("/agent/metadata/resources/cpu_limit")
                        .asString())
                .isEqualTo("2");
        assertThat(answer.join().body().at("/agent/environment").toString()).isEqualTo("[\"CHANGE\",\"KEEP\"]");
        assertThat(answer.join().body().at("/command_id").asString()).isEqualTo(version);
        // I10: the value is sealed in the store and nowhere else.
        assertThat(new AgentSecrets(station.store(), new SecretSeal(Station.key()))
                        .read(agent, update.patch().environment().keySet(), Map.of("CHANGE", version, "DROP", "none")))
                .isEqualTo(Map.of("CHANGE", "a secret of the test"));
        assertThat(others.records(Topic.COMMANDS))
                .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("a secret of the"));
        assertThat(answer.join().body().toString()).doesNotContain("a secret of the");
    }

    @Test
    void aPresetIsAllFourQuantitiesAndExplicitOnesWin() {
        AgentId agent = active("");

        user.send(
                "PATCH",
                path(agent, ""),
                "{\"preset\":\"heavy\",\"resources\":{\"cpu_limit\":\"3\"}}",
                "Prefer",
                "wait=0");

        assertThat(((AgentCommand.Update) others.commands(agent).get(1)).patch().resources())
                .isEqualTo(new ResourcesPatch("500m", "512Mi", "3", "2Gi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH||{}|''",
                "PATCH||{\"replicas\":2}|replicas",
                "PATCH||{\"name\":\"b\",\"image\":\"x\"}|name",
                "PATCH||{\"image\":\"UPPER CASE\"}|image",
                "PATCH||{\"resources\":{\"cpu_request\":\"2\"}}|resources.cpu_request",
                "PATCH||{\"resources\":{\"gpu\":\"2\"}}|resources.gpu",
                "PATCH||{\"preset\":\"huge\"}|preset",
                "PATCH||{\"env\":{\"STATION_URL\":null}}|env.STATION_URL",
                "PATCH||{\"env\":{\"A\":1}}|env.A",
                "PATCH||{\"labels\":{\"kubernetes.io/a\":null}}|labels.kubernetes.io/a",
                "POST|scale|{}|replicas",
                "POST|scale|{\"replicas\":-1}|replicas",
                "POST|scale|{\"replicas\":101}|replicas",
                "POST|scale|{\"replicas\":1.0}|replicas",
                "POST|scale|{\"replicas\":\"1\"}|replicas",
                "POST|drain|{\"timeout_seconds\":0}|timeout_seconds",
                "POST|drain|{\"timeout_seconds\":3601}|timeout_seconds",
                "POST|restart|{\"reason\":7}|reason",
            })
    void badInputIsRefusedByItsFieldAndAsksForNothing(String method, String operation, String body, String field) {
        AgentId agent = active("");

        Answer answer = user.send(method, path(agent, operation == null ? "" : operation), body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly(field);
        assertThat(others.commands(agent)).hasSize(1);
    }

    @Test
    void aPostIsAnsweredAtOnceUnlessItsClientWaits() {
        AgentId agent = active("");

        Answer atOnce = user.post(path(agent, "scale"), "{\"replicas\":3}");
        CompletableFuture<Answer> waited = sending("POST", agent, "scale", "{\"replicas\":4}", "Prefer", "wait=30");
        others.projectScale(agent);
        others.outcome(agent, EventType.SCALED);

        assertThat(atOnce.status()).isEqualTo(202);
        assertThat(atOnce.body().at("/pending").asBoolean()).isTrue();
        assertThat(atOnce.body().at("/state").asString()).isEqualTo("ACTIVE");
        assertThat(atOnce.body().at("/agent/replicas").asInt()).isEqualTo(1);
        assertThat(waited.join().status()).isEqualTo(200);
        assertThat(waited.join().body().at("/pending").asBoolean()).isFalse();
        assertThat(waited.join().body().at("/message").asString()).isEqualTo("Agent scaled to 4");
        assertThat(waited.join().body().at("/agent/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void aKeyMeansTheSameCommandWhateverHasHappenedSince() {
        AgentId agent = active("");
        String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};

        Answer first = user.post(path(agent, "restart"), "{\"reason\":\"stuck\"}", key);
        Answer again = user.post(path(agent, "restart"), "{ \"reason\" : \"stuck\" }", key);
        others.outcome(agent, EventType.RESTARTED);
        Answer afterwards = user.post(path(agent, "restart"), "{\"reason\":\"stuck\"}", key);
        others.end(agent, EventType.TERMINATED);
        Answer muchLater = user.post(path(agent, "restart"), "{\"reason\":\"stuck\"}", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(List.of(afterwards, muchLater))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200))
                .allSatisfy(answer ->
                        assertThat(answer.body().at("/message").asString()).isEqualTo("Agent restarted"));
        assertThat(List.of(again, afterwards, muchLater))
                .allSatisfy(answer -> assertThat(answer.body().at("/command_id"))
                        .isEqualTo(first.body().at("/command_id")));
        assertThat(others.commands(agent)).hasSize(2);
        // Negative control: without the key it is another one.
        AgentId other = active("");
        user.post(path(other, "restart"), "{}");
        user.post(path(other, "restart"), "{}");
        assertThat(others.commands(other)).hasSize(3);
    }

    @Test
    void aKeyIsOfOneRequestOnly() {
        AgentId agent = active("");
        String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
        user.post(path(agent, "restart"), "", key);

        assertThat(user.post(path(agent, "drain"), "", key).status()).isEqualTo(422);
        assertThat(user.post(path(active(""), "restart"), "", key).status()).isEqualTo(422);
        assertThat(user.post(path(agent, "restart"), "{\"reason\":\"other\"}", key)
                        .status())
                .isEqualTo(422);
        assertThat(user.post(path(agent, "restart"), "", "Idempotency-Key", "a b")
                        .fields())
                .containsExactly("Idempotency-Key");
        assertThat(others.commands(agent)).hasSize(2);
    }

    @Test
    void aDrainIsTakenBackOrEndedByTheAgentItself() {
        AgentId agent = active("");
        Http itself = station.http().as(AgentToken.of(Station.key(), agent));
        assertThat(itself.post(path(agent, "drained"), "").error())
                .isEqualTo("Agent is ACTIVE: it was not asked to drain, or was resumed");

        CompletableFuture<Answer> drain =
                sending("POST", agent, "drain", "{\"timeout_seconds\":60,\"reason\":\"moving\"}", "Prefer", "wait=30");
        others.transition(agent, EventType.DRAINING, AgentState.DRAINING);
        assertThat(drain.join().status()).isEqualTo(200);
        assertThat(drain.join().body().at("/message").asString()).isEqualTo("Agent is draining, for 60 s at most");
        assertThat(user.post(path(agent, "restart"), "").status()).isEqualTo(409);
        CompletableFuture<Answer> resume = sending("POST", agent, "resume", "", "Prefer", "wait=30");
        others.transition(agent, EventType.RESUMED, AgentState.ACTIVE);
        assertThat(resume.join().body().at("/state").asString()).isEqualTo("ACTIVE");
        CompletableFuture<Answer> again = sending("POST", agent, "drain", "", "Prefer", "wait=30");
        others.transition(agent, EventType.DRAINING, AgentState.DRAINING);
        assertThat(again.join().status()).isEqualTo(200);
        assertThat(station.http()
                        .as(AgentToken.of(Station.key(), active("")))
                        .post(path(agent, "drained"), "")
                        .status())
                .as("another agent's token")
                .isEqualTo(404);

        CompletableFuture<Answer> drained = sendingAs(itself, "POST", agent, "drained", "", "Prefer", "wait=30");
        others.outcome(agent, EventType.NO_CHANGE);

        assertThat(drained.join().status())
                .as("a resume stood before it in the log")
                .isEqualTo(409);
        assertThat(itself.post(path(agent, "heartbeat"), "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .as("it may live on")
                .isEqualTo(200);

        List<AgentCommand> commands = others.commands(agent);
        assertThat(commands)
                .extracting(AgentCommand::operation)
                .containsExactly(
                        Operation.PROVISION, Operation.DRAIN, Operation.RESUME, Operation.DRAIN, Operation.DEPROVISION);
        AgentCommand.Deprovision end = (AgentCommand.Deprovision) commands.get(4);
        assertThat(end.onlyEndsDrain()).isTrue();
        assertThat(end.meta().reason()).isEqualTo("drained");
        assertThat(end.meta().issuer()).isEqualTo(new Issuer(Issuer.Kind.USER, agent.toString()));
        assertThat(((AgentCommand.Drain) commands.get(1)).meta().reason()).isEqualTo("moving");
        assertThat(((AgentCommand.Drain) commands.get(3)).timeoutSeconds()).isEqualTo(120);
    }

    @Test
    void onlyTheStationKills() {
        AgentId agent = active("");

        Answer refused = user.post(path(agent, "kill"), "");
        CompletableFuture<Answer> killed =
                sendingAs(stationKey, "POST", agent, "kill", "{\"reason\":\"zombie\"}", "Prefer", "wait=30");
        others.transition(agent, EventType.KILLED, AgentState.KILLED);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("Only the Station (control plane) can KILL an agent");
        assertThat(killed.join().status()).isEqualTo(200);
        assertThat(killed.join().body().at("/state").asString()).isEqualTo("KILLED");
        assertThat(station.http(Station.workspace(), "station")
                        .post(path(agent, "kill"), "")
                        .status())
                .as("another workspace's key")
                .isEqualTo(404);
    }

    @Test
    void whatTheStateDoesNotAllowIsAConflictAndWhatHasEndedIsGone() {
        AgentId fresh = create("");
        AgentId leaving = active("");
        others.drainForDelete(leaving);
        AgentId gone = active("");
        others.end(gone, EventType.TERMINATED);

        assertThat(user.post(path(fresh, "drain"), "").error())
                .isEqualTo("Agent is NEW: only an ACTIVE agent has work to finish, delete it instead");
        assertThat(user.post(path(fresh, "resume"), "").status()).isEqualTo(409);
        for (String operation : List.of("restart", "drain", "resume")) {
            assertThat(user.post(path(leaving, operation), "").status())
                    .as(operation)
                    .isEqualTo(409);
            assertThat(user.post(path(leaving, operation), "").error()).endsWith("The end of the agent was asked for");
        }
        for (String operation : List.of("restart", "drain", "resume", "drained")) {
            assertThat(user.post(path(gone, operation), "").status())
                    .as(operation)
                    .isEqualTo(410);
        }
        assertThat(stationKey.post(path(gone, "kill"), "").status()).isEqualTo(410);
        assertThat(user.send("PATCH", path(gone, ""), "{\"image\":\"x\"}").status())
                .isEqualTo(410);
        for (AgentId agent : List.of(fresh, leaving, gone)) {
            assertThat(others.commands(agent)).hasSize(1);
        }
    }

    @Test
    void whatTheProvisionerRejectsIsAConflict() {
        AgentId agent = active("");

        CompletableFuture<Answer> answer = sending("POST", agent, "scale", "{\"replicas\":2}", "Prefer", "wait=30");
        others.outcome(agent, EventType.REJECTED);

        assertThat(answer.join().status()).isEqualTo(409);
    }

    @Test
    void anothersAgentIsNotFoundAndABadBodyIsSaidFirst() {
        AgentId agent = active("");
        Http stranger = station.tenant();

        for (String operation : List.of("restart", "drain", "drained", "resume")) {
            assertThat(stranger.post(path(agent, operation), "").status()).isEqualTo(404);
        }
        assertThat(stranger.post(path(agent, "scale"), "{\"replicas\":1}").status())
                .isEqualTo(404);
        assertThat(stranger.post(path(agent, "scale"), "{\"replicas\":-1}").status())
                .isEqualTo(400);
        assertThat(stranger.send("PATCH", path(agent, ""), "{\"image\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(stranger.send("PATCH", path(agent, ""), "{\"image\":1}").status())
                .isEqualTo(400);
        assertThat(user.post("/api/agents/x/restart", "").status()).isEqualTo(404);
        assertThat(others.commands(agent)).hasSize(1);
    }

    private CompletableFuture<Answer> sending(
            String method, AgentId agent, String operation, String body, String... headers) {
        return sendingAs(user, method, agent, operation, body, headers);
    }

    /** Sends, and returns when the command is in the log. */
    private CompletableFuture<Answer> sendingAs(
            Http client, String method, AgentId agent, String operation, String body, String... headers) {
        int before = others.commands(agent).size();
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> client.send(method, path(agent, operation), body, headers));
        await().until(() -> answer.isDone() || others.commands(agent).size() > before);
        return answer;
    }

    private static String path(AgentId agent, String operation) {
        return "/api/agents/" + agent + (operation.isEmpty() ? "" : "/" + operation);
    }

    private AgentId active(String fields) {
        AgentId agent = create(fields);
        others.activate(agent);
        return agent;
    }

    private AgentId create(String fields) {
        Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"" + fields + "}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return AgentId.of(created.body().at("/agent/uuid").asString());
    }
}
