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

final class DeleteIT {

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    private AgentId active() {
        AgentId agent = id(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}"));
        others.activate(agent);
        return agent;
    }

    @Test
    void anEndThatTakesLongerIsAnsweredWithTheTrueState() {
        // Given
        AgentId agent = active();

        // When
        Answer answer = user.delete("/api/agents/" + agent, "Prefer", "wait=0");

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("message").asString()).isEqualTo("Agent termination started");
        assertThat(answer.body().path("state").asString()).isEqualTo("ACTIVE");
        assertThat(answer.body().path("desired").asString()).isEqualTo("TERMINATED");
        assertThat(answer.body().path("pending").asBoolean()).isTrue();
        assertThat(answer.body().at("/kubernetes/success").isBoolean()).isTrue();
        assertThat(user.post("/api/agents/" + agent + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .as("nothing more is taken from it")
                .isEqualTo(410);
    }

    @Test
    void theWaitEndsWithTheAgent() {
        // Given
        AgentId agent = active();

        // When
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> user.delete("/api/agents/" + agent, "Prefer", "wait=60"));
        await().until(() -> others.commands(agent).size() == 2);
        others.end(agent, EventType.TERMINATED);

        // Then
        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void aRepeatedDeleteAsksForNothingNew() {
        // Given an agent whose end was asked for
        AgentId agent = active();
        assertThat(user.delete("/api/agents/" + agent, "Prefer", "wait=0").status())
                .isEqualTo(202);
        others.drainForDelete(agent);

        // When
        Answer again = user.delete("/api/agents/" + agent, "Prefer", "wait=0");

        // Then
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body().path("state").asString()).isEqualTo("DRAINING");
        assertThat(others.commands(agent)).hasSize(2);
    }

    @Test
    void killedStaysKilled() {
        // Given
        AgentId agent = active();
        others.end(agent, EventType.KILLED);

        // When
        Answer answer = user.delete("/api/agents/" + agent);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(user.get("/api/agents/" + agent).body().at("/agent/state").asString())
                .isEqualTo("KILLED");
        assertThat(others.commands(agent)).hasSize(1);
    }

    @Test
    void aWaitOutOfItsRangeIsRefused() {
        for (String wait : new String[] {"wait=61", "wait=-1", "wait=x", "wait="}) {
            Answer answer = user.delete("/api/agents/" + active(), "Prefer", wait);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.fields()).containsExactly("Prefer");
        }
    }

    @Test
    void anothersAgentIsNotFound() {
        // Given
        AgentId agent = active();
        Http stranger = station.tenant();
        String path = "/api/agents/" + agent;

        // Then
        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.delete(path).status()).isEqualTo(404);
        assertThat(stranger.delete(path).error()).isEqualTo("Agent not found");
        assertThat(stranger.post(path + "/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post(path + "/metrics", "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get("/api/agents").body().isEmpty()).isTrue();
        assertThat(others.commands(agent)).hasSize(1);
    }
}
