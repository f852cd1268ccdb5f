package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.store.names.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * I1 and I2 for a gateway that is killed while it creates and deletes, by clients that ask again with their Idempotency-Key:
 * what was acknowledged is in the log, one key is one agent, and its name is its own.
 */
final class KilledGatewayIT {

    private static final boolean FULL = Boolean.getBoolean("faults.full");
    private static final int KILLS = FULL ? 50 : 3;
    private static final int AGENTS = FULL ? 2_500 : 240;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Station station = Station.get();
    private final String credential =
            java.util.Objects.requireNonNull(station.tenant().credential());
    private final int port = freePort();
    private final Map<String, AgentId> created = new ConcurrentHashMap<>();
    private final Set<AgentId> deleted = ConcurrentHashMap.newKeySet();

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
                await().atMost(PATIENCE).until(() -> created.size() >= enough);
                gateway.destroyForcibly().waitFor();
                gateway = start();
            }
            for (Future<?> life : lives) {
                life.get();
            }
        } finally {
            clients.shutdownNow();
            gateway.destroyForcibly().waitFor();
        }
        assertThat(created).hasSize(AGENTS);
        assertThat(created.values()).doesNotHaveDuplicates();
        assertThatTheLogHas();
        Names names = new Names(station.store());
        created.forEach((name, agent) -> assertThat(names.owner(name)).as(name).contains(agent));
    }

    private void live(int number) {
        String name = "k-" + UUID.randomUUID();
        AgentId agent =
                acknowledged("POST", "/api/agents", "{\"name\":\"" + name + "\"}", "Idempotency-Key", "create-" + name);
        created.put(name, agent);
        if (number % 2 == 0) {
            acknowledged("DELETE", "/api/agents/" + agent, null, "Prefer", "wait=0");
            deleted.add(agent);
        }
    }

    /** Asks until it is acknowledged; meanwhile nothing may be said but that the gateway is away. */
    private AgentId acknowledged(
            String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        Http user = new Http(port, credential);
        Answer answer = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> user.send(method, path, body, headers), told -> told.status() != 503);
        assertThat(answer.status()).as(answer.body().toString()).isIn(201, 202);
        return method.equals("POST")
                ? AgentId.of(answer.body().at("/agent/uuid").asString())
                : AgentId.of(path.substring(path.lastIndexOf('/') + 1));
    }

    private void assertThatTheLogHas() {
        Set<AgentId> ours = Set.copyOf(created.values());
        List<AgentCommand> commands = new OtherServices(station)
                .records(Topic.COMMANDS).stream()
                        .map(record -> Wire.read(record.value(), AgentCommand.class))
                        .toList();
        Map<String, Set<AgentId>> provisioned = commands.stream()
                .filter(AgentCommand.Provision.class::isInstance)
                .map(AgentCommand.Provision.class::cast)
                .filter(command -> created.containsKey(command.spec().name()))
                .collect(Collectors.groupingBy(
                        command -> command.spec().name(),
                        Collectors.mapping(AgentCommand::agentId, Collectors.toSet())));
        assertThat(provisioned.keySet()).as("each acknowledged create").isEqualTo(created.keySet());
        provisioned.forEach(
                (name, agents) -> assertThat(agents).as("one agent of the name").containsExactly(created.get(name)));
        assertThat(commands.stream()
                        .filter(command -> ours.contains(command.agentId()))
                        .filter(command -> command.operation() == Operation.PROVISION)
                        .map(AgentCommand::commandId)
                        .distinct())
                .as("asked for twice, a create is still one command")
                .hasSize(AGENTS);
        assertThat(commands.stream()
                        .filter(command -> command.operation() == Operation.DEPROVISION)
                        .map(AgentCommand::agentId)
                        .collect(Collectors.toSet()))
                .as("each acknowledged delete")
                .containsAll(deleted);
    }
}
