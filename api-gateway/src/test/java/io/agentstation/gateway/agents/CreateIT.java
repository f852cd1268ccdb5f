package io.agentstation.gateway.agents;

import static io.agentstation.gateway.agents.ReferenceExamplesIT.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.names.Names;
import io.agentstation.store.secrets.AgentSecrets;
import io.agentstation.store.secrets.SecretSeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CreateIT {

    private static final String AGENTS = "/api/agents";

    private final Station station = Station.get();
    private final OtherServices others = new OtherServices(station);
    private final Http user = station.tenant();

    @Test
    void ofTwentyParallelCreatesOfOneNameOneWins() throws InterruptedException, ExecutionException {
        // Given
        String name = Station.name();
        ExecutorService pool = Executors.newFixedThreadPool(20);

        // When
        List<Future<Answer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> pool.submit(() -> user.post(AGENTS, "{\"name\":\"" + name + "\"}")))
                .toList();
        pool.shutdown();

        // Then
        List<Answer> all = new java.util.ArrayList<>();
        for (Future<Answer> answer : answers) {
            all.add(answer.get());
        }
        assertThat(all).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(all).filteredOn(answer -> answer.status() == 409).hasSize(19);
        assertThat(all)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(answer -> assertThat(answer.error()).isEqualTo("Agent with this name already exists"));
        assertThat(user.get(AGENTS + "?name=" + name).body().size()).isEqualTo(1);
    }

    @Test
    void aNameOfAnotherWorkspaceIsTakenWithoutSayingWhose() {
        // Given
        String name = Station.name();
        assertThat(station.tenant().post(AGENTS, "{\"name\":\"" + name + "\"}").status())
                .isEqualTo(201);

        // When
        Answer answer = user.post(AGENTS, "{\"name\":\"" + name + "\"}");

        // Then
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isEqualTo("Agent with this name already exists");
    }

    @Test
    void aNameThatADeadProvisionerLeftWithAnEndedAgentIsFree() {
        // Given
        String name = Station.name();
        AgentId ended = id(user.post(AGENTS, "{\"name\":\"" + name + "\"}"));
        others.activate(ended);
        Names names = new Names(station.store());
        assertThat(user.post(AGENTS, "{\"name\":\"" + name + "\"}").status())
                .as("while it lives")
                .isEqualTo(409);
        others.end(ended, EventType.TERMINATED);
        assertThat(names.confirm(name, ended)).isTrue();

        // When
        Answer answer = user.post(AGENTS, "{\"name\":\"" + name + "\"}");

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(names.owner(name)).contains(id(answer));
    }

    @Test
    void theSameIdempotencyKeyIsTheSameAgent() {
        // Given
        String key = UUID.randomUUID().toString();
        String name = Station.name();
        Answer first = user.post(AGENTS, "{\"name\":\"" + name + "\",\"port\":81}", "Idempotency-Key", key);
        others.activate(id(first));

        // When it is sent again, written in another order
        Answer again = user.post(AGENTS, "{ \"port\":81, \"name\":\"" + name + "\"}", "Idempotency-Key", key);

        // Then it is the same agent, as it is now
        assertThat(again.status()).isEqualTo(201);
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.body().at("/agent/state").asString()).isEqualTo("ACTIVE");
        assertThat(others.commands(id(first))).hasSize(1);
    }

    @Test
    void theSameIdempotencyKeyWithAnotherBodyIsRefused() {
        // Given
        String key = UUID.randomUUID().toString();
        assertThat(user.post(AGENTS, "{\"name\":\"" + Station.name() + "\"}", "Idempotency-Key", key)
                        .status())
                .isEqualTo(201);

        // When
        Answer other = user.post(AGENTS, "{\"name\":\"" + Station.name() + "\"}", "Idempotency-Key", key);

        // Then
        assertThat(other.status()).isEqualTo(422);
        assertThat(user.get(AGENTS).body().size()).isEqualTo(1);
    }

    @Test
    void theCommandSaysAllAndHoldsNoSecret() {
        // Given
        String secret = "s3cret-" + UUID.randomUUID();
        String name = Station.name();

        // When
        Answer created = user.post(AGENTS, """
                {"name": "%s", "preset": "heavy", "resources": {"cpu_limit": "4"}, "replicas": 2, "port": 9000,
                 "labels": {"team": "blue", "acme.com/tier": "gold"}, "env": {"API_TOKEN": "%s", "MODE": ""},
                 "heartbeat": "agent", "description": null, "image": "ghcr.io/acme/agent:1"}""".formatted(name, secret));
        AgentId agent = id(created);

        // Then
        assertThat(others.commands(agent)).singleElement().satisfies(command -> {
            var spec = ((AgentCommand.Provision) command).spec();
            assertThat(spec.resources().cpuRequest()).isEqualTo("500m");
            assertThat(spec.resources().cpuLimit()).isEqualTo("4");
            assertThat(spec.resources().memoryLimit()).isEqualTo("2Gi");
            assertThat(spec.environment()).containsExactly("API_TOKEN", "MODE");
            assertThat(spec.labels()).containsEntry("team", "blue");
            assertThat(spec.replicas()).isEqualTo(2);
            assertThat(spec.port()).isEqualTo(9000);
        });
        assertThat(others.records(Topic.COMMANDS))
                .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(secret));
        assertThat(created.body().toString()).doesNotContain(secret);
        assertThat(new AgentSecrets(station.store(), new SecretSeal(Station.key())).read(agent))
                .isEqualTo(Map.of("API_TOKEN", secret, "MODE", ""));
        assertThat(Wire.mapper()
                        .readTree(created.body().at("/agent/metadata/resources").toString())
                        .path("cpu_limit")
                        .asString())
                .isEqualTo("4");
    }

    @Test
    void aNameThatWasConfirmedIsOwnedForGood() {
        // Given
        String name = Station.name();

        // When
        Answer created = user.post(AGENTS, "{\"name\":\"" + name + "\"}");

        // Then the claim's time to live is gone
        assertThat(new Names(station.store()).owner(name)).contains(id(created));
        var row = station.store()
                .execute(com.datastax.oss.driver.api.core.cql.SimpleStatement.newInstance(
                        "SELECT TTL(agent_id) AS ttl FROM names WHERE name = ?", name))
                .one();
        assertThat(row).isNotNull();
        assertThat(row == null || row.isNull("ttl")).isTrue();
    }
}
