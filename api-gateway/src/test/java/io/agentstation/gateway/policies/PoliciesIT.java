package io.agentstation.gateway.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

final class PoliciesIT {

    private static final String POLICIES = "/api/policies";
    private static final String KEY = "Idempotency-Key";
    private static final String RESTART = "{\"on_unhealthy\":\"restart\",\"unhealthy_after_intervals\":3}";

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final WorkspaceId workspace = Station.workspace();
    private final Http user = station.http(workspace);

    private AgentId active(String fields) {
        Answer created = user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"" + fields + "}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        AgentId agent = AgentId.of(created.body().at("/agent/uuid").asString());
        others.activate(agent);
        return agent;
    }

    private static String policies(AgentId agent) {
        return "/api/agents/" + agent + "/policies";
    }

    private CompletableFuture<Answer> putting(AgentId agent, String body) {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> user.send("PUT", policies(agent), body, "Prefer", "wait=60"));
        await().until(() -> others.commands(agent).size() == 2);
        return answer;
    }

    @Test
    void aWorkspaceHasNoneUntilItSetsOne() {
        // Given
        assertThat(user.get(POLICIES).body().toString())
                .isEqualTo("{\"on_unhealthy\":\"none\",\"unhealthy_after_intervals\":1}");

        // When
        Answer set = user.send("PUT", POLICIES, RESTART);

        // Then it is in force at once, and nobody else's
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body().toString()).isEqualTo(RESTART);
        assertThat(user.get(POLICIES).body().toString()).isEqualTo(RESTART);
        assertThat(station.tenant().get(POLICIES).body().path("on_unhealthy").asString())
                .isEqualTo("none");
        assertThat(records()).containsExactly(new WorkspacePolicies(workspace, new UnhealthyPolicy(Action.RESTART, 3)));
    }

    private List<WorkspacePolicies> records() {
        return others.records(Topic.POLICIES).stream()
                .filter(record -> OtherServices.key(record).equals(workspace.value()))
                .map(record -> Wire.read(record.value(), WorkspacePolicies.class))
                .toList();
    }

    @Test
    void everyGatewayKnowsWhatWasSetBeforeItStartedAndSince() {
        // Given
        assertThat(user.send("PUT", POLICIES, RESTART).status()).isEqualTo(200);
        assertThat(user.send("PUT", POLICIES, "{\"on_unhealthy\":\"kill\"}").status())
                .isEqualTo(200);

        // When
        try (ConfigurableApplicationContext second = ApiGateway.start(Station.properties(station.bootstrapServers()))) {
            Http there = new Http(Station.port(second), user.credential());

            // Then
            assertThat(there.get(POLICIES).body().path("on_unhealthy").asString())
                    .isEqualTo("kill");
            assertThat(user.send("PUT", POLICIES, "{\"on_unhealthy\":\"none\"}").status())
                    .isEqualTo(200);
            await().until(() ->
                    there.get(POLICIES).body().path("on_unhealthy").asString().equals("none"));
        }
    }

    @Test
    void anAgentInheritsUnlessItIsCreatedWithItsOwn() {
        // Given
        assertThat(user.send("PUT", POLICIES, RESTART).status()).isEqualTo(200);

        // When
        AgentId inheriting = active("");
        AgentId own = active(",\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":20");
        AgentId none = active(",\"on_unhealthy\":\"none\"");

        // Then
        assertThat(user.get(policies(inheriting)).body().toString())
                .isEqualTo(
                        "{\"on_unhealthy\":\"inherit\",\"unhealthy_after_intervals\":1,\"effective\":" + RESTART + "}");
        assertThat(user.get(policies(own)).body().at("/effective/on_unhealthy").asString())
                .isEqualTo("kill");
        assertThat(user.get(policies(own))
                        .body()
                        .at("/effective/unhealthy_after_intervals")
                        .asInt())
                .isEqualTo(20);
        assertThat(user.get(policies(none)).body().at("/effective/on_unhealthy").asString())
                .isEqualTo("none");
        assertThat(user.get("/api/agents/" + own)
                        .body()
                        .at("/agent/metadata/on_unhealthy")
                        .asString())
                .isEqualTo("kill");
    }

    @Test
    void aChangeIsACommandThatNamesNothingElseAndIsReadByWhoeverMadeIt() {
        // Given
        AgentId agent = active("");

        // When
        CompletableFuture<Answer> answer = putting(agent, RESTART);
        others.projectUpdate(agent);
        others.outcome(agent, EventType.UPDATED);

        // Then
        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().body().toString())
                .isEqualTo(
                        "{\"on_unhealthy\":\"restart\",\"unhealthy_after_intervals\":3,\"effective\":" + RESTART + "}");
        assertThat(user.get(policies(agent)).body()).isEqualTo(answer.join().body());
        assertThat(((AgentCommand.Update) others.commands(agent).get(1)).patch())
                .isEqualTo(SpecPatch.onUnhealthy(new UnhealthyPolicy(Action.RESTART, 3)));
    }

    @Test
    void aChangeToWhatIsAlreadySoSucceeds() {
        // Given
        AgentId agent = active(",\"on_unhealthy\":\"restart\",\"unhealthy_after_intervals\":3");

        // When
        CompletableFuture<Answer> answer = putting(agent, RESTART);
        others.outcome(agent, EventType.NO_CHANGE);

        // Then
        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void aWaitThatRunsOutIsAnsweredWithWhatIsTrue() {
        // Given
        AgentId agent = active("");

        // When
        Answer answer = user.send("PUT", policies(agent), RESTART, "Prefer", "wait=0");

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().toString()).isEqualTo("""
                {"message":"The change of the policy is queued","on_unhealthy":"inherit","unhealthy_after_intervals":1,\
                "effective":{"on_unhealthy":"none","unhealthy_after_intervals":1},"pending":true}""");
        assertThat(others.commands(agent)).hasSize(2);
    }

    @Test
    void aChangeThatCannotBeReadYetIsPending() {
        // Given
        AgentId agent = active("");

        // When its event comes before its specification
        CompletableFuture<Answer> answer = putting(agent, RESTART);
        others.outcome(agent, EventType.UPDATED);

        // Then
        assertThat(answer.join().status()).isEqualTo(202);
        assertThat(answer.join().body().path("on_unhealthy").asString()).isEqualTo("inherit");
        others.projectUpdate(agent);
        assertThat(user.get(policies(agent)).body().path("on_unhealthy").asString())
                .isEqualTo("restart");
    }

    @Test
    void whatTheProvisionerRejectsIsAConflict() {
        // Given
        AgentId agent = active("");

        // When
        CompletableFuture<Answer> answer = putting(agent, RESTART);
        others.outcome(agent, EventType.REJECTED);

        // Then
        assertThat(answer.join().status()).isEqualTo(409);
        assertThat(answer.join().body().path("code").asString()).isEqualTo("agent_ended");
    }

    @Test
    void anAgentThatEndsMeanwhileIsAConflict() {
        // Given
        AgentId agent = active("");

        // When
        CompletableFuture<Answer> answer = putting(agent, RESTART);
        others.end(agent, EventType.KILLED);

        // Then
        assertThat(answer.join().status()).isEqualTo(409);
    }

    @Test
    void anAgentThatHasEndedOrIsAboutToKeepsItsPolicy() {
        // Given
        AgentId leaving = active("");
        others.drainForDelete(leaving);
        AgentId gone = active("");
        others.end(gone, EventType.TERMINATED);

        // Then
        for (AgentId agent : List.of(leaving, gone)) {
            Answer answer = user.send("PUT", policies(agent), RESTART);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).isEqualTo("Agent is terminated or about to be: its policy cannot be changed");
            assertThat(others.commands(agent)).hasSize(1);
            assertThat(user.get(policies(agent)).status()).isEqualTo(200);
        }
    }

    @Test
    void aRepeatedPutDoesNotUndoWhatCameAfterIt() {
        // Given
        assertThat(user.send("PUT", POLICIES, RESTART, KEY, "k-1").status()).isEqualTo(200);
        assertThat(user.send("PUT", POLICIES, "{\"on_unhealthy\":\"kill\"}").status())
                .isEqualTo(200);

        // When
        Answer again = user.send("PUT", POLICIES, RESTART, KEY, "k-1");

        // Then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("on_unhealthy").asString()).isEqualTo("kill");
        assertThat(records()).hasSize(2);
        // Control: without the key it is set again.
        assertThat(user.send("PUT", POLICIES, RESTART).body().toString()).isEqualTo(RESTART);
        assertThat(records()).hasSize(3);
    }

    @Test
    void aRepeatedPutOfAnAgentsPolicyIsOneCommandWhateverHasHappenedSince() {
        // Given
        AgentId agent = active("");
        String[] key = {KEY, "k-2", "Prefer", "wait=0"};

        // When
        Answer first = user.send("PUT", policies(agent), RESTART, key);
        Answer again = user.send("PUT", policies(agent), RESTART, key);
        others.projectUpdate(agent);
        others.outcome(agent, EventType.UPDATED);
        Answer afterwards = user.send("PUT", policies(agent), RESTART, key);
        others.end(agent, EventType.TERMINATED);
        Answer muchLater = user.send("PUT", policies(agent), RESTART, key);

        // Then
        assertThat(List.of(first.status(), again.status(), afterwards.status(), muchLater.status()))
                .containsExactly(202, 202, 200, 200);
        assertThat(muchLater.body().path("on_unhealthy").asString()).isEqualTo("restart");
        assertThat(others.commands(agent)).hasSize(2);
        // Control: without the key it is another command, which comes too late.
        assertThat(user.send("PUT", policies(agent), RESTART).status()).isEqualTo(409);
    }

    @Test
    void aRepeatedPutThatWasRejectedOrCameTooLateIsStillAConflict() {
        // Given
        AgentId rejected = active("");
        AgentId late = active("");
        assertThat(user.send("PUT", policies(rejected), RESTART, KEY, "k-3", "Prefer", "wait=0")
                        .status())
                .isEqualTo(202);
        assertThat(user.send("PUT", policies(late), RESTART, KEY, "k-4", "Prefer", "wait=0")
                        .status())
                .isEqualTo(202);

        // When
        others.outcome(rejected, EventType.REJECTED);
        others.end(late, EventType.KILLED);

        // Then
        assertThat(user.send("PUT", policies(rejected), RESTART, KEY, "k-3").status())
                .isEqualTo(409);
        assertThat(user.send("PUT", policies(late), RESTART, KEY, "k-4").status())
                .isEqualTo(409);
    }

    @Test
    void anothersAgentIsNotFound() {
        // Given
        AgentId agent = active("");
        Http stranger = station.tenant();

        // Then
        for (String path :
                List.of(policies(agent), policies(new AgentId(UUID.randomUUID())), "/api/agents/x/policies")) {
            assertThat(stranger.get(path).status()).isEqualTo(404);
            assertThat(stranger.send("PUT", path, RESTART).status()).isEqualTo(404);
            assertThat(stranger.send("PUT", path, RESTART).error()).isEqualTo("Agent not found");
        }
        assertThat(others.commands(agent)).hasSize(1);
    }
}
