package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.fixtures.RunningTelemetry;
import io.agentstation.telemetry.fixtures.TestBroker;
import io.agentstation.telemetry.fixtures.TestTables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;

/** Poison is put aside with its reason, and stops nobody. */
class PoisonIT {

    private static final Heartbeat GOOD = new Heartbeat(HeartbeatMode.IDLE, 1);

    private final StoreSettings store = Keyspaces.fresh(SharedCassandra.get());
    private final TestBroker broker = TestBroker.start();
    private final Map<String, String> reasonOf = new HashMap<>();

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void poisonAmongGoodHeartbeatsGoesToTheDeadLettersAndTheRestGoesOn() {
        int good = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 20; i++) {
                broker.send(Topic.HEARTBEATS, Messages.agent(), GOOD);
                good++;
            }
            poison(Topic.HEARTBEATS);
        }

        try (RunningTelemetry telemetry = RunningTelemetry.start(broker, store);
                TestTables tables = new TestTables(store)) {
            awaitEverythingRead(telemetry, Topic.HEARTBEATS);
            assertThat(tables.count("heartbeats")).isEqualTo(good);
        }

        assertDeadLettersAreExactlyThePoison(Topic.HEARTBEATS);
    }

    @Test
    void everyTopicPutsItsPoisonAside() {
        List<Topic> topics = List.of(Topic.METRICS, Topic.OBSERVATIONS, Topic.LIFECYCLE);
        AgentId agent = Messages.agent();
        topics.forEach(this::poison);
        LifecycleEvent ofAnother = Messages.life(Messages.agent()).get(0);
        expect(broker.send(Topic.LIFECYCLE, agent, ofAnother), "another agent");
        expect(broker.send(Topic.OBSERVATIONS, agent, Messages.applied(Messages.agent(), 1, 1)), "another agent");
        broker.send(Topic.LIFECYCLE, agent, Messages.life(agent));

        try (RunningTelemetry telemetry = RunningTelemetry.start(broker, store);
                TestTables tables = new TestTables(store)) {
            topics.forEach(topic -> awaitEverythingRead(telemetry, topic));
            assertThat(tables.count("lifecycle_events")).isEqualTo(6);
            assertThat(tables.count("metrics")).isZero();
        }

        assertDeadLettersAreExactlyThePoison(topics.toArray(Topic[]::new));
    }

    /** Each is as large as the broker takes; with its reason added as it is, the broker would refuse it for ever. */
    @Test
    void hugePoisonStopsNobody() {
        AgentId agent = Messages.agent();
        byte[] key = bytes(agent.toString());
        int own = Partitions.of(agent, TestBroker.PARTITIONS);
        byte[] huge = bytes("[".repeat(1_048_300));
        expect(broker.sendRaw(Topic.HEARTBEATS, own, key, huge), "not a ");
        expect(broker.sendRaw(Topic.HEARTBEATS, own, huge, Wire.write(GOOD)), "bad key");
        expect(
                broker.send(new ProducerRecord<>(
                        Topic.HEARTBEATS.topicName(),
                        own,
                        key,
                        bytes("{}"),
                        List.of(new RecordHeader("strange", huge)))),
                "not a ");
        broker.send(Topic.HEARTBEATS, agent, GOOD);

        try (RunningTelemetry telemetry = RunningTelemetry.start(broker, store);
                TestTables tables = new TestTables(store)) {
            awaitEverythingRead(telemetry, Topic.HEARTBEATS);
            assertThat(tables.count("heartbeats")).isEqualTo(1);
        }

        assertDeadLettersAreExactlyThePoison(Topic.HEARTBEATS);
    }

    private void poison(Topic topic) {
        AgentId agent = Messages.agent();
        byte[] key = bytes(agent.toString());
        byte[] value = Wire.write(GOOD);
        int own = Partitions.of(agent, TestBroker.PARTITIONS);
        expect(broker.sendRaw(topic, own, key, bytes("{\"mode\":")), "not a ");
        expect(broker.sendRaw(topic, own, key, bytes("{}")), "not a ");
        expect(broker.sendRaw(topic, own, key, null), "no value");
        expect(broker.sendRaw(topic, 0, null, value), "bad key");
        expect(broker.sendRaw(topic, 1, bytes("not-a-uuid"), value), "bad key");
        expect(broker.sendRaw(topic, own, bytes(agent.toString().toUpperCase(Locale.ROOT)), value), "bad key");
        expect(broker.sendRaw(topic, (own + 1) % TestBroker.PARTITIONS, key, value), "foreign partition");
    }

    private void expect(RecordMetadata at, String reason) {
        reasonOf.put(at.topic() + "/" + at.partition() + "/" + at.offset(), reason);
    }

    private void assertDeadLettersAreExactlyThePoison(Topic... topics) {
        List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();
        for (Topic topic : topics) {
            dead.addAll(broker.everythingOn(topic.deadLetterName()));
        }
        assertThat(dead.stream().map(PoisonIT::origin)).containsExactlyInAnyOrderElementsOf(reasonOf.keySet());
        assertThat(dead)
                .allSatisfy(letter -> assertThat(text(letter, RecordHeaders.REASON))
                        .contains(reasonOf.getOrDefault(origin(letter), "nobody sent this")));
    }

    private static String origin(ConsumerRecord<byte[], byte[]> letter) {
        assertThat(ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_PARTITION))
                        .getInt())
                .isEqualTo(letter.partition());
        return text(letter, KafkaHeaders.DLT_ORIGINAL_TOPIC) + "/" + letter.partition() + "/"
                + ByteBuffer.wrap(header(letter, KafkaHeaders.DLT_ORIGINAL_OFFSET))
                        .getLong();
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(header(letter, name), StandardCharsets.UTF_8);
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return letter.headers().lastHeader(name).value();
    }

    private void awaitEverythingRead(RunningTelemetry telemetry, Topic topic) {
        String group = telemetry.group() + "-" + topic.name().toLowerCase(Locale.ROOT);
        await().atMost(Duration.ofSeconds(60)).until(() -> broker.hasReadAll(group, topic));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
