package io.agentstation.liveness.topology;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.silence.LivenessSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in the test driver, spoken to in messages. The driver runs partition 0 only. */
final class TopologyHarness implements AutoCloseable {

    static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));

    /** What the wall clock says: later than any record of the tests. */
    static final Instant NOW = Instant.ofEpochMilli(1_900_000_000_000L);

    final MeterRegistry meters = new SimpleMeterRegistry();
    final DetectorFigures figures = new DetectorFigures(meters, Clock.fixed(NOW, ZoneOffset.UTC));
    final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> lifecycle;
    private long sequence;
    private boolean closed;

    TopologyHarness(int partitions) {
        this(partitions, Variant.real(LivenessSettings.defaults()));
    }

    /** The topology without one of its mechanisms. */
    TopologyHarness(int partitions, Variant variant) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "liveness-detector-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:0");
        driver = new TopologyTestDriver(
                LivenessTopology.build(LivenessSettings.defaults(), KEY, partitions, figures, variant), properties);
        lifecycle = output(Topic.LIFECYCLE.topicName());
    }

    void command(AgentCommand command, long atMs) {
        send(Topic.COMMANDS, key(command.agentId().toString()), Wire.write(command), atMs);
    }

    void observation(Observation observation, long atMs) {
        send(Topic.OBSERVATIONS, key(observation.agentId().toString()), Wire.write(observation), atMs);
    }

    void beat(Story story, HeartbeatMode mode, long atMs) {
        send(Topic.HEARTBEATS, key(story.agent().toString()), Wire.write(Story.heartbeat(mode)), atMs);
    }

    void active(Story story, HeartbeatMode mode, long atMs) {
        command(story.provision(), atMs);
        observation(story.applied(), atMs);
        beat(story, mode, atMs);
    }

    void ticks(long fromMs, long toMs) {
        for (long at = fromMs; at <= toMs; at += 250) {
            tick(new Tick("gateway", 0, ++sequence, Tick.Kind.TICK), KEY, at);
        }
    }

    /** One tick of another gateway. */
    void tickOf(String gateway, long atMs) {
        tick(new Tick(gateway, 0, ++sequence, Tick.Kind.TICK), KEY, atMs);
    }

    void advance(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    void tick(Tick tick, StationKey key, long atMs) {
        byte[] value = Wire.write(tick);
        tick(value, key.mac("tick", value), atMs);
    }

    void tick(byte[] value, byte @Nullable [] code, long atMs) {
        TestRecord<byte[], byte[]> record = new TestRecord<>(null, value, Instant.ofEpochMilli(atMs));
        Headers headers = record.headers();
        headers.add(RecordHeaders.TYPE, key(RecordHeaders.TYPE_TICK));
        if (code != null) {
            headers.add(RecordHeaders.HMAC, code);
        }
        input(Topic.HEARTBEATS).pipeInput(record);
    }

    void typed(String type, byte[] value, long atMs) {
        TestRecord<byte[], byte[]> record = new TestRecord<>(null, value, Instant.ofEpochMilli(atMs));
        record.headers().add(RecordHeaders.TYPE, key(type));
        input(Topic.HEARTBEATS).pipeInput(record);
    }

    void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value, long atMs) {
        input(topic).pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(atMs)));
    }

    List<LifecycleEvent> events() {
        return lifecycle.readValuesToList().stream()
                .map(value -> Wire.read(value, LifecycleEvent.class))
                .toList();
    }

    List<EventType> types() {
        return events().stream().map(LifecycleEvent::event).toList();
    }

    /** The counters of this name, all tags together. */
    double counted(String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }

    List<FleetCounts> fleetAfter(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
        return output(Topic.FLEET.topicName()).readValuesToList().stream()
                .map(value -> Wire.read(value, FleetCounts.class))
                .toList();
    }

    TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
