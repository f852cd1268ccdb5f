package io.agentstation.gateway.agents;

import static io.agentstation.gateway.agents.ReferenceExamplesIT.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AwaitedStateIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();
    private final AgentId agent = id(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}"));
    private final String path = "/api/agents/" + agent + "?wait=ACTIVE";

    @Test
    void detailsWaitForTheState() {
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> user.get(path, "Prefer", "wait=60"));
        assertThat(state(user.get(path, "Prefer", "wait=0")))
                .as("nobody else has to")
                .isEqualTo("NEW");

        others.activate(agent);

        assertThat(state(asked.join())).isEqualTo("ACTIVE");
        assertThat(state(user.get(path, "Prefer", "wait=60"))).as("at once").isEqualTo("ACTIVE");
    }

    @Test
    void aCreateWaitsUntilItsAgentIsProvisioned() {
        String name = Station.name();
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                () -> user.post("/api/agents", "{\"name\":\"" + name + "\"}", "Prefer", "wait=60"));
        await().until(() -> user.get("/api/agents?name=" + name).body().size() == 1);

        others.activate(AgentId.of(
                user.get("/api/agents?name=" + name).body().at("/0/uuid").asString()));

        assertThat(asked.join().status()).isEqualTo(201);
        assertThat(asked.join().body().at("/agent/state").asString()).isNotEqualTo("NEW");
    }

    @Test
    void anAgentThatHasEndedIsNotWaitedFor() {
        others.activate(agent);
        others.end(agent, EventType.TERMINATED);

        assertThat(state(user.get(path, "Prefer", "wait=60"))).isEqualTo("TERMINATED");
    }

    @Test
    void aWaitOutOfItsRangeIsRefusedAndAnothersAgentIsNotFound() {
        assertThat(user.get("/api/agents/" + agent + "?wait=READY").fields()).containsExactly("wait");
        assertThat(user.get(path, "Prefer", "wait=61").fields()).containsExactly("Prefer");
        assertThat(station.tenant().get(path).status()).isEqualTo(404);
    }

    @Test
    void anIdempotencyKeyOfADeleteMeansOneCommandAndNoOtherAgent() {
        others.activate(agent);
        String one = "/api/agents/" + agent;
        for (int i = 0; i < 2; i++) {
            assertThat(user.delete(one, "Prefer", "wait=0", "Idempotency-Key", "end")
                            .status())
                    .isEqualTo(202);
        }

        assertThat(others.commands(agent).stream()
                        .map(command -> command.meta().commandId())
                        .distinct())
                .as("create and delete")
                .hasSize(2);
        AgentId other = id(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}"));
        assertThat(user.delete("/api/agents/" + other, "Idempotency-Key", "end").status())
                .isEqualTo(422);
    }

    private static String state(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().at("/agent/state").asString();
    }
}
