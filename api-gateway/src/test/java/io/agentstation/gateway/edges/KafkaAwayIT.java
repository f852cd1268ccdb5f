package io.agentstation.gateway.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.gateway.ApiGateway;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.OtherServices;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.edges.TcpProxy.Mode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Kafka, Cassandra or both behind proxies that refuse, are silent or slow: every operation is answered within two seconds,
 * nothing that was acknowledged is lost, and all comes back by itself.
 */
final class KafkaAwayIT {

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final Duration VERY_SLOW = Duration.ofSeconds(3);
    private static final int BEATS = 20;
    private static final Duration RECOVERED = Duration.ofSeconds(60);

    /** What is done to the two, and what must work all the same. */
    enum Fault {
        KAFKA_REFUSES(false, true),
        KAFKA_GONE(false, true),
        KAFKA_SILENT(false, true),
        KAFKA_SLOW(true, true),
        KAFKA_VERY_SLOW(false, true),
        CASSANDRA_SLOW(true, false),
        CASSANDRA_VERY_SLOW(true, false),
        BOTH_SLOW(true, false),
        BOTH_VERY_SLOW(false, false),
        BOTH_SILENT(false, false);

        private final boolean logTakes;
        private final boolean storeAnswers;

        Fault(boolean logTakes, boolean storeAnswers) {
            this.logTakes = logTakes;
            this.storeAnswers = storeAnswers;
        }

        private void begin() {
            switch (this) {
                case KAFKA_REFUSES -> kafka.be(Mode.REFUSING);
                case KAFKA_GONE -> kafka.be(Mode.GONE);
                case KAFKA_SILENT -> kafka.be(Mode.SILENT);
                case KAFKA_SLOW -> kafka.beSlow(SLOW);
                case KAFKA_VERY_SLOW -> kafka.beSlow(VERY_SLOW);
                case CASSANDRA_SLOW -> cassandra.beSlow(SLOW);
                case CASSANDRA_VERY_SLOW -> cassandra.beSlow(VERY_SLOW);
                case BOTH_SLOW -> both(SLOW);
                case BOTH_VERY_SLOW -> both(VERY_SLOW);
                case BOTH_SILENT -> {
                    kafka.be(Mode.SILENT);
                    cassandra.be(Mode.SILENT);
                }
            }
        }

        private static void both(Duration delay) {
            kafka.beSlow(delay);
            cassandra.beSlow(delay);
        }

        private static void end() {
            kafka.be(Mode.PASS);
            cassandra.be(Mode.PASS);
        }
    }

    private static ProxiedBroker broker;
    private static TcpProxy kafka;
    private static TcpProxy cassandra;
    private static ConfigurableApplicationContext gateway;
    private EveryCall every;

    @BeforeAll
    static void start() throws Exception {
        broker = new ProxiedBroker();
        kafka = broker.proxy();
        cassandra = new TcpProxy(SharedCassandra.get().contactPoint());
        gateway = ApiGateway.start(properties());
    }

    /** In a workspace of its own: each has a bound of webhooks. */
    @BeforeEach
    void prepare() throws Exception {
        every = new EveryCall(Station.port(gateway));
        assertHeard("well");
    }

    @AfterEach
    void endCalls() throws Exception {
        Fault.end();
        every.close();
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = Station.properties(kafka.address());
        properties.put("station.store.contact-points", cassandra.address());
        // As a gateway has them.
        properties.remove("station.store.request-timeout");
        properties.remove("station.gateway.edges.answer-within");
        return properties;
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        cassandra.close();
        broker.close();
    }

    @Test
    void allTrafficGoesThroughTheProxies() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.itself()))) {
            assertThat(admin.describeCluster().nodes().get())
                    .extracting(Node::host, Node::port)
                    .map(node -> node.toList().get(0) + ":" + node.toList().get(1))
                    .containsExactly(kafka.address());
        }
        long byKafka = kafka.passed();
        long byCassandra = cassandra.passed();

        assertThat(create("key-" + Station.name(), Station.name()).status()).isEqualTo(201);

        assertThat(kafka.passed()).isGreaterThan(byKafka + 200);
        assertThat(cassandra.passed()).isGreaterThan(byCassandra + 200);
    }

    private Answer create(String key, String name) {
        HttpRequest request = every.user()
                .request("/api/agents")
                .timeout(EveryCall.PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build();
        return every.user().send(request);
    }

    /** All of them with {@code -Pfaults}; for every verify one of each sort. */
    static Set<Fault> faults() {
        return Boolean.getBoolean("faults.full")
                ? EnumSet.allOf(Fault.class)
                : EnumSet.of(Fault.KAFKA_GONE, Fault.KAFKA_SILENT, Fault.BOTH_SLOW);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everybodyIsToldInTimeAndNothingIsLost(Fault fault) throws Exception {
        // Given
        EveryCall.Round round = every.round();
        Map<String, String> names = IntStream.range(0, 4)
                .mapToObj(each -> Station.name())
                .collect(Collectors.toMap(n -> "key-" + n, n -> n));
        Map<String, String> acknowledged = new HashMap<>();

        // When
        fault.begin();
        try {
            Map<String, Answer> answers = round.send();
            answers.forEach((call, answer) -> assertAnswered(fault, call, answer));
            answers.keySet().stream().filter(call -> mustWork(fault, call)).forEach(call -> assertDone(round, call));
            names.forEach((key, name) -> {
                Answer answer = create(key, name);
                assertThat(answer.status()).as(answer.body().toString()).isIn(201, 503);
                if (answer.status() == 201) {
                    acknowledged.put(name, id(answer));
                }
            });
        } finally {
            Fault.end();
        }

        // Then
        await().atMost(RECOVERED)
                .untilAsserted(() -> names.forEach((key, name) -> {
                    Answer repeated = create(key, name);
                    assertThat(repeated.status()).as(repeated.body().toString()).isEqualTo(201);
                    assertThat(id(repeated)).isEqualTo(acknowledged.computeIfAbsent(name, first -> id(repeated)));
                }));
        assertThatTheLogHas(acknowledged);
        everythingWorksAgain();
    }

    private static String id(Answer answer) {
        return answer.body().at("/agent/uuid").asString();
    }

    private static void assertAnswered(Fault fault, String call, Answer answer) {
        String told = fault + ": " + call + " was answered " + answer.status() + " " + answer.body();
        boolean isDone = answer.status() / 100 == 2;
        assertThat(isDone || answer.status() == 503).as(told).isTrue();
        if (!isDone && !call.equals("readHealth")) {
            assertThat(answer.header("Retry-After").orElse("none")).as(told).matches("\\d+");
            assertThat(answer.body().path("code").asString()).as(told).isEqualTo("unavailable");
        }
        if (EveryCall.NEED_KAFKA.contains(call) && !fault.logTakes) {
            assertThat(isDone).as(told).isFalse();
        }
    }

    /** At once, or, since this machine may have too much to do just now, when it is asked again as it was told to. */
    private static void assertDone(EveryCall.Round round, String call) {
        await(call)
                .atMost(RECOVERED)
                .pollDelay(Duration.ZERO)
                // Asked again, what was done by the first request may be there already, or gone.
                .until(
                        () -> round.again(call).status(),
                        status -> status / 100 == 2 || status == 404 || status == 409 || status == 410);
    }

    private static boolean mustWork(Fault fault, String call) {
        if (call.equals(EveryCall.OWN_HEARTBEAT)) {
            return fault.logTakes;
        }
        // A policy is in force when it was read back: by a slow way, that is several times as far.
        return fault.storeAnswers
                && !call.equals("setPolicy")
                && !call.equals("readHealth")
                && !EveryCall.NEED_A_PROVISIONER.contains(call)
                && (fault.logTakes || !EveryCall.NEED_KAFKA.contains(call));
    }

    private static void assertThatTheLogHas(Map<String, String> agents) {
        Map<String, Set<AgentId>> provisioned = OtherServices.records(broker.itself(), Topic.COMMANDS).stream()
                .map(record -> Wire.read(record.value(), AgentCommand.class))
                .filter(AgentCommand.Provision.class::isInstance)
                .map(AgentCommand.Provision.class::cast)
                .collect(Collectors.groupingBy(
                        command -> command.spec().name(),
                        Collectors.mapping(AgentCommand::agentId, Collectors.toSet())));
        agents.forEach(
                (name, agent) -> assertThat(provisioned.get(name)).as(name).isEqualTo(Set.of(AgentId.of(agent))));
    }

    /** Without a restart, and with everything: whoever is asked for it now does it. */
    private void everythingWorksAgain() throws Exception {
        EveryCall.Round round = every.round();
        round.send().keySet().stream()
                .filter(call -> !EveryCall.NEED_A_PROVISIONER.contains(call))
                .forEach(call -> assertDone(round, call));
    }

    /** The control: with a gateway that gives each step a time of its own, the steps of a create add up. */
    @Test
    void withoutACommonDeadlineACreateTakesLonger() throws Exception {
        Map<String, Object> properties = properties();
        properties.put("station.gateway.edges.answer-within", "1m");
        // For its start.
        properties.put("station.store.request-timeout", "10s");
        try (ConfigurableApplicationContext patient = ApiGateway.start(properties)) {
            HttpRequest create = every.user()
                    .as(every.user().credential())
                    .request("/api/agents")
                    .uri(java.net.URI.create("http://127.0.0.1:" + Station.port(patient) + "/api/agents"))
                    .timeout(EveryCall.PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"name\":\"" + Station.name() + "\"}"))
                    .build();
            Fault.BOTH_SLOW.begin();

            assertThatThrownBy(() -> every.user().send(create)).hasCauseInstanceOf(HttpTimeoutException.class);
        } finally {
            Fault.end();
        }
        everythingWorksAgain();
    }

    /** Heard; or, when the log was slow just now, told so and heard when it beats again. Never is the store a reason. */
    private void assertHeard(String when) {
        await(when).atMost(RECOVERED).pollDelay(Duration.ZERO).until(() -> {
            Answer answer = every.ownHeartbeat();
            assertThat(answer.error()).doesNotContain("store");
            return answer.status() == 200;
        });
    }

    @Test
    void heartbeatsDoNotDependOnCassandra() throws Exception {
        for (Mode away : List.of(Mode.SILENT, Mode.GONE, Mode.REFUSING)) {
            cassandra.be(away);
            try {
                for (int beat = 0; beat < BEATS; beat++) {
                    assertHeard(away.toString());
                }
            } finally {
                Fault.end();
            }
        }
        everythingWorksAgain();
    }
}
