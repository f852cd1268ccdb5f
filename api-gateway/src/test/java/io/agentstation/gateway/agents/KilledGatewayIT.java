package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.names.Names;
import io.agentstation.store.session.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * I1 and I2 for a gateway that is killed while it creates and deletes. Most clients ask again with their Idempotency-Key until
 * they have their answer: what was acknowledged is in the log, one key is one agent, and its name is its own. Every fifth
 * gives up at the first answer that does not come: the name that it leaves behind is an agent's, or free when its claim ends.
 */
final class KilledGatewayIT {

    private static final Logger log = LoggerFactory.getLogger(KilledGatewayIT.class);
    private static final boolean FULL = Boolean.getBoolean("faults.full");
    private static final int KILLS = FULL ? 50 : 3;
    // Each is created and deleted: 5,000 acknowledged creates and deletes by those that ask again, and more by the
    // others.
    private static final int AGENTS = FULL ? 3_125 : 150;
    private static final int GIVES_UP = 5;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 30 : 5);
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private final Station station = Station.get();
    private final String credential =
            java.util.Objects.requireNonNull(station.tenant().credential());
    private final int port = freePort();
    private final Map<String, AgentId> created = new ConcurrentHashMap<>();
    private final Set<AgentId> deleted = ConcurrentHashMap.newKeySet();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                ApiGateway.class.getName()));
        Map<String, Object> properties = Station.properties(station.bootstrapServers());
        properties.put("server.port", port);
        properties.forEach((key, value) -> command.add("--" + key + "=" + value));
        ProcessBuilder gateway =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        gateway.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = gateway.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-killed-gateway"));
        return process;
    }

    @Test
    void whatItAcknowledgedIsThereOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        Process gateway = start();
        try {
            List<? extends Future<?>> lives = IntStream.range(0, AGENTS)
                    .mapToObj(number -> clients.submit(() -> live(number)))
                    .toList();
            for (int kill = 1; kill <= KILLS; kill++) {
                int enough = AGENTS * kill / (KILLS + 1);
                await().atMost(PATIENCE).until(() -> ended.get() >= enough);
                gateway.destroyForcibly().waitFor();
                gateway = start();
            }
            for (Future<?> life : lives) {
                life.get();
            }
            log.atInfo()
                    .addKeyValue("created", created.size())
                    .addKeyValue("deleted", deleted.size())
                    .addKeyValue("givenUp", givenUp.size())
                    .addKeyValue("answered", answered.get())
                    .addKeyValue("unanswered", lost.get())
                    .addKeyValue("kills", KILLS)
                    .log("The gateway was killed while it worked");
            assertThat(created.size() + givenUp.size()).isGreaterThanOrEqualTo(AGENTS);
            assertThat(created.values()).doesNotHaveDuplicates();
            Map<String, Set<AgentId>> provisioned = assertThatTheLogHas();
            Names names = new Names(station.store());
            created.forEach(
                    (name, agent) -> assertThat(names.owner(name)).as(name).contains(agent));
            givenUp.forEach(name -> assertThatNoNameIsStuck(name, provisioned.getOrDefault(name, Set.of())));
            givenUp.forEach(name -> assertThatTheKeyFinds(name, provisioned.getOrDefault(name, Set.of())));
        } finally {
            clients.shutdownNow();
            gateway.destroyForcibly().waitFor();
        }
    }

    private void live(int number) {
        String name = "k-" + UUID.randomUUID();
        boolean asksAgain = number % GIVES_UP != 0;
        Optional<AgentId> agent = asksAgain ? Optional.of(acknowledged(create(name))) : once(create(name));
        agent.ifPresentOrElse(id -> created.put(name, id), () -> givenUp.add(name));
        agent.map(id -> delete(name, id))
                .flatMap(delete -> asksAgain ? Optional.of(acknowledged(delete)) : once(delete))
                .ifPresent(deleted::add);
        ended.incrementAndGet();
    }

    private record Change(
            String method, String path, @Nullable String body, String key, Function<Answer, AgentId> agent) {}

    private static Change create(String name) {
        return new Change(
                "POST",
                "/api/agents",
                "{\"name\":\"" + name + "\"}",
                "create-" + name,
                answer -> AgentId.of(answer.body().at("/agent/uuid").asString()));
    }

    private static Change delete(String name, AgentId agent) {
        return new Change("DELETE", "/api/agents/" + agent, null, "delete-" + name, answer -> agent);
    }

    /** Asks until it is acknowledged; meanwhile nothing may be said but that the gateway is away. */
    private AgentId acknowledged(Change change) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> once(change), Optional::isPresent)
                .orElseThrow();
    }

    /** Asks once, when there is a gateway to be asked; empty when its answer is lost, or that it cannot be done now. */
    private Optional<AgentId> once(Change change) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sent(change), Optional::isPresent)
                .flatMap(answer -> answer);
    }

    /** Empty when nobody is there; in it, empty when the answer is lost or 503. */
    private Optional<Optional<AgentId>> sent(Change change) {
        Answer answer;
        try {
            answer = new Http(port, credential)
                    .send(change.method, change.path, change.body, "Idempotency-Key", change.key, "Prefer", "wait=0");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return Optional.empty();
            }
            lost.incrementAndGet();
            return Optional.of(Optional.empty());
        }
        answered.incrementAndGet();
        if (answer.status() == 503) {
            return Optional.of(Optional.empty());
        }
        assertThat(answer.status()).as(answer.body().toString()).isIn(201, 202);
        return Optional.of(Optional.of(change.agent.apply(answer)));
    }

    /** Who provisioned each of our names, by the log. */
    private Map<String, Set<AgentId>> assertThatTheLogHas() {
        List<AgentCommand> commands = new OtherServices(station)
                .records(Topic.COMMANDS).stream()
                        .map(record -> Wire.read(record.value(), AgentCommand.class))
                        .toList();
        List<AgentCommand.Provision> provisions = commands.stream()
                .filter(AgentCommand.Provision.class::isInstance)
                .map(AgentCommand.Provision.class::cast)
                .filter(command -> created.containsKey(command.spec().name())
                        || givenUp.contains(command.spec().name()))
                .toList();
        Map<String, Set<AgentId>> provisioned = provisions.stream()
                .collect(Collectors.groupingBy(
                        command -> command.spec().name(),
                        Collectors.mapping(AgentCommand::agentId, Collectors.toSet())));
        assertThat(provisioned.keySet()).as("each acknowledged create").containsAll(created.keySet());
        provisioned.forEach((name, agents) -> assertThat(agents)
                .as("one agent of the name %s", name)
                .hasSize(1)
                .contains(created.getOrDefault(name, agents.iterator().next())));
        assertThat(provisions.stream().map(AgentCommand::commandId).distinct())
                .as("asked for twice, a create is still one command")
                .hasSize(provisioned.size());
        assertThatDeletesAreIn(commands);
        return provisioned;
    }

    private void assertThatDeletesAreIn(List<AgentCommand> commands) {
        Map<AgentId, Set<CommandId>> ends = commands.stream()
                .filter(command -> command.operation() == Operation.DEPROVISION)
                .collect(Collectors.groupingBy(
                        AgentCommand::agentId, Collectors.mapping(AgentCommand::commandId, Collectors.toSet())));
        assertThat(ends.keySet()).as("each acknowledged delete").containsAll(deleted);
        assertThat(deleted)
                .allSatisfy(agent -> assertThat(ends.get(agent))
                        .as("asked for twice, a delete is still one command")
                        .hasSize(1));
    }

    /** A name that nobody was told is his belongs to the agent that the log has, or will be free. */
    private void assertThatNoNameIsStuck(String name, Set<AgentId> provisioned) {
        Row row = station.bean(Store.class)
                .execute(SimpleStatement.newInstance(
                        "SELECT agent_id, TTL(agent_id) AS seconds_left FROM names WHERE name = ?", name))
                .one();
        boolean isForGood = row != null && row.isNull("seconds_left");
        if (isForGood) {
            assertThat(provisioned).as(name).contains(new AgentId(row.get("agent_id", UUID.class)));
        } else if (row != null) {
            assertThat(row.getInt("seconds_left")).as(name).isLessThanOrEqualTo((int) CLAIM.toSeconds());
        }
    }

    /** Whoever comes back with the key of a create that was given up gets its agent, and no second one. */
    private void assertThatTheKeyFinds(String name, Set<AgentId> provisioned) {
        AgentId found = acknowledged(create(name));
        assertThat(provisioned.isEmpty() || provisioned.contains(found))
                .as(name)
                .isTrue();
    }
}
