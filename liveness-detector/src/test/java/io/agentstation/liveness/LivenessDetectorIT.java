package io.agentstation.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.metrics.MetricsEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The service on a real broker, restarted in between. */
class LivenessDetectorIT {

    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));

    @TempDir
    static Path directory;

    private static EmbeddedKafkaKraftBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ScheduledExecutorService gateway;
    private static ScheduledFuture<?> ticking;

    @BeforeAll
    static void startBroker() throws IOException {
        Files.writeString(directory.resolve("station-key"), StationKey.format(new byte[StationKey.LENGTH]));
        broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
        broker.brokerProperties(Map.of(
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
        broker.afterPropertiesSet();
        broker.addTopics(Stream.of(Topic.values())
                .flatMap(topic -> Stream.of(
                        new NewTopic(topic.topicName(), PARTITIONS, (short) 1).configs(topic.configuration()),
                        new NewTopic(topic.deadLetterName(), PARTITIONS, (short) 1)))
                .toArray(NewTopic[]::new));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        gateway = Executors.newSingleThreadScheduledExecutor();
        AtomicLong sequence = new AtomicLong();
        ticking = gateway.scheduleAtFixedRate(() -> tick(sequence.incrementAndGet()), 0, 250, TimeUnit.MILLISECONDS);
    }

    @AfterAll
    static void stopBroker() {
        ticking.cancel(false);
        gateway.shutdown();
        producer.close(Duration.ofSeconds(1));
        broker.destroy();
    }

    @Test
    void aLifeGoesOnOverARestart() {
        Story lives = Story.of(1);
        Story dies = Story.of(2);
        try (ConfigurableApplicationContext context = start()) {
            await().atMost(PATIENCE).until(context.getBean(DetectorHealth.class)::isReady);
            for (Story story : List.of(lives, dies)) {
                send(Topic.COMMANDS, story, story.provision());
                send(Topic.OBSERVATIONS, story, story.applied());
                send(Topic.HEARTBEATS, story, Story.heartbeat(HeartbeatMode.IDLE));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(events(lives)).hasSize(3);
                assertThat(events(dies)).hasSize(3);
            });
            // An ordinary heartbeat: it changes nothing but the watch, which only a commit brings into a store.
            send(Topic.HEARTBEATS, dies, Story.heartbeat(HeartbeatMode.EMERGENCY));
            append(new ProducerRecord<>(
                    Topic.POLICIES.topicName(),
                    bytes(Story.WORKSPACE.toString()),
                    Wire.write(new WorkspacePolicies(
                            Story.WORKSPACE, new UnhealthyPolicy(UnhealthyPolicy.Action.RESTART, 1)))));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(metrics(context))
                            .contains("station_liveness_heartbeats_total{mode=\"EMERGENCY\"} 1.0"));
            assertThat(context.getBean(DetectorHealth.class).sinceLastTick()).isPresent();
        }
        send(Topic.COMMANDS, lives, lives.deprovision());
        append(new ProducerRecord<>(
                Topic.OBSERVATIONS.topicName(), bytes(lives.agent().toString()), bytes("poison")));

        try (ConfigurableApplicationContext context = start()) {
            send(Topic.OBSERVATIONS, lives, lives.removed("deprovision", Cause.DELETED));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events(lives))
                            .extracting(LifecycleEvent::event)
                            .containsExactly(
                                    EventType.CREATED,
                                    EventType.PROVISIONED,
                                    EventType.ACTIVATED,
                                    EventType.DRAINING,
                                    EventType.TERMINATED));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events(dies))
                            .last()
                            .extracting(LifecycleEvent::event)
                            .isEqualTo(EventType.UNHEALTHY));
            assertThat(events(dies))
                    .last()
                    .satisfies(event -> assertThat(event.metadata()).containsEntry("mode", "EMERGENCY"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(commands(dies)).last().isInstanceOf(AgentCommand.Restart.class));
            assertThat(reports())
                    .isNotEmpty()
                    .allSatisfy(report -> assertThat(report.gateways()).isEqualTo(1));
            assertThat(context.getBean(DetectorHealth.class).state()).isEqualTo("RUNNING");
        }
        assertThat(Stream.of(lives, dies))
                .allSatisfy(story -> assertThat(events(story))
                        .extracting(LifecycleEvent::sequence)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, events(story).size())
                                        .boxed()
                                        .toList()));
        assertThat(terminatedInFleet()).isEqualTo(1);
    }

    @Test
    void topicsThatAreNotAsTheyMustBeAreFatal() {
        broker.addTopics(new NewTopic("narrow", 1, (short) 1), new NewTopic("wide", 3, (short) 1));

        broker.doWithAdmin(admin -> {
            TopicCheck check = new TopicCheck(admin, Duration.ofSeconds(10));
            assertThat(check.partitions(TopicCheck.ALL)).isEqualTo(PARTITIONS);
            check.requireLogAppendTime(TopicCheck.READ);
            assertThatThrownBy(() -> check.partitions(List.of("narrow", "wide")))
                    .hasMessage("the topics must all have the same number of partitions: {narrow=1, wide=3}");
            assertThatThrownBy(() -> check.partitions(List.of("narrow", "missing")))
                    .hasMessageContaining("cannot be described: [narrow, missing]");
            assertThatThrownBy(() -> check.requireLogAppendTime(List.of("narrow")))
                    .hasMessage("topic narrow must have message.timestamp.type=LogAppendTime, it has CreateTime");
        });
    }

    @Test
    void aMissingKeyFileIsFatalAndNamed() {
        assertThatThrownBy(() -> LivenessDetector.start(Map.of(
                        "spring.kafka.bootstrap-servers", broker.getBrokersAsString(),
                        "station.key-file", directory.resolve("no-such-key"))))
                .hasStackTraceContaining("station.key-file cannot be read: " + directory.resolve("no-such-key"));
    }

    private static ConfigurableApplicationContext start() {
        return LivenessDetector.start(Map.of(
                "spring.kafka.bootstrap-servers", broker.getBrokersAsString(),
                "station.key-file", directory.resolve("station-key"),
                "station.liveness.state-dir", directory.resolve("state"),
                "station.liveness.metrics.port", 0));
    }

    private static long terminatedInFleet() {
        Map<Integer, FleetCounts> newest = new java.util.TreeMap<>();
        read(Topic.FLEET.topicName()).forEach(value -> {
            FleetCounts counts = Wire.read(value, FleetCounts.class);
            newest.put(counts.partition(), counts);
        });
        return newest.values().stream()
                .mapToLong(counts -> counts.states().getOrDefault(AgentState.TERMINATED, 0L))
                .sum();
    }

    private static List<AgentCommand> commands(Story story) {
        return read(Topic.COMMANDS.topicName()).stream()
                .map(value -> Wire.read(value, AgentCommand.class))
                .filter(command -> command.agentId().equals(story.agent()))
                .toList();
    }

    private static List<DetectorReport> reports() {
        return read(Topic.DETECTOR.topicName()).stream()
                .map(value -> Wire.read(value, DetectorReport.class))
                .toList();
    }

    private static String metrics(ConfigurableApplicationContext context) throws IOException {
        String url = context.getEnvironment().getRequiredProperty(MetricsEndpoint.URL_PROPERTY);
        try (InputStream page = URI.create(url).toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<LifecycleEvent> events(Story story) {
        return read(Topic.LIFECYCLE.topicName()).stream()
                .map(value -> Wire.read(value, LifecycleEvent.class))
                .filter(event -> event.agentId().equals(story.agent()))
                .toList();
    }

    /** Everything in the topic now, as a reader of committed records sees it. */
    private static List<byte[]> read(String topic) {
        Map<String, Object> configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.getBrokersAsString(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<byte[]> values = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static void tick(long sequence) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byte[] value = Wire.write(new Tick("gateway", partition, sequence, Tick.Kind.TICK));
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(Topic.HEARTBEATS.topicName(), partition, null, value);
            record.headers()
                    .add(RecordHeaders.TYPE, bytes(RecordHeaders.TYPE_TICK))
                    .add(RecordHeaders.HMAC, KEY.mac("tick", value));
            append(record);
        }
    }

    private static void send(Topic topic, Story story, Object message) {
        append(new ProducerRecord<>(topic.topicName(), bytes(story.agent().toString()), Wire.write(message)));
    }

    private static void append(ProducerRecord<byte[], byte[]> record) {
        assertThat(producer.send(record)).succeedsWithin(PATIENCE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
