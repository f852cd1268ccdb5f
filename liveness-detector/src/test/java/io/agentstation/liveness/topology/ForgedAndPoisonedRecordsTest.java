package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.liveness.detection.Story;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgedAndPoisonedRecordsTest {

    private static final long T = 1_800_000_000_000L;
    private static final Story STORY = Story.of(1);
    private static final Story OTHER = Story.of(2);
    private static final byte[] KEY = TopologyHarness.key(STORY.agent().toString());

    private final TopologyHarness harness = new TopologyHarness(1);

    @AfterEach
    void close() {
        harness.close();
    }

    static Stream<Arguments> poison() {
        byte[] beat = Wire.write(Story.heartbeat(HeartbeatMode.IDLE));
        byte[] provision = Wire.write(STORY.provision());
        return Stream.of(
                Arguments.of(Topic.HEARTBEATS, null, beat),
                Arguments.of(Topic.HEARTBEATS, TopologyHarness.key("my-agent"), beat),
                Arguments.of(
                        Topic.HEARTBEATS,
                        TopologyHarness.key(STORY.agent().toString().toUpperCase(java.util.Locale.ROOT)),
                        beat),
                Arguments.of(Topic.HEARTBEATS, KEY, null),
                Arguments.of(Topic.HEARTBEATS, KEY, TopologyHarness.key("{\"mode\":\"IDLE\"")),
                Arguments.of(Topic.HEARTBEATS, KEY, TopologyHarness.key("{\"mode\":\"BUSY\",\"uptime_seconds\":1}")),
                Arguments.of(Topic.HEARTBEATS, KEY, new byte[] {(byte) 0xff, 0}),
                Arguments.of(Topic.COMMANDS, KEY, TopologyHarness.key("null")),
                Arguments.of(Topic.COMMANDS, KEY, TopologyHarness.key("{\"type\":\"agent.kill.v1\",\"meta\":null}")),
                Arguments.of(Topic.COMMANDS, KEY, TopologyHarness.key("[".repeat(5_000))),
                Arguments.of(Topic.COMMANDS, TopologyHarness.key(OTHER.agent().toString()), provision),
                Arguments.of(Topic.OBSERVATIONS, KEY, TopologyHarness.key("{\"type\":\"x\"}")));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void poisonIsCountedAndStopsNobody(Topic topic, byte @Nullable [] key, byte @Nullable [] value) {
        harness.send(topic, key, value, T);
        harness.active(STORY, HeartbeatMode.IDLE, T + 1);

        assertThat(harness.counted("station.liveness.poison")).isEqualTo(1);
        assertThat(harness.types()).containsExactly(EventType.CREATED, EventType.PROVISIONED, EventType.ACTIVATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {RecordHeaders.TYPE_PROBE, "a-type-of-tomorrow", ""})
    void aRecordOfAnotherTypeIsPassedOver(String type) {
        harness.typed(type, Wire.write(Story.heartbeat(HeartbeatMode.IDLE)), T);

        assertThat(harness.counted("station.liveness.heartbeats")).isZero();
        assertThat(harness.counted("station.liveness.poison")).isZero();
    }

    @Test
    void aRecordInAForeignPartitionIsNoFact() {
        try (TopologyHarness two = new TopologyHarness(2)) {
            Story foreign = IntStream.range(1, 100)
                    .mapToObj(Story::of)
                    .filter(story -> Partitions.of(story.agent(), 2) == 1)
                    .findFirst()
                    .orElseThrow();

            two.beat(foreign, HeartbeatMode.IDLE, T);
            two.command(foreign.provision(), T);

            assertThat(two.counted("station.liveness.poison")).isEqualTo(2);
            assertThat(two.events()).isEmpty();
        }
    }

    @Test
    void forgedTicksDecideNothing() {
        StationKey stranger = StationKey.parse(StationKey.format(filled((byte) 7)));
        harness.ticks(T - 5_000, T);
        harness.active(STORY, HeartbeatMode.EMERGENCY, T);
        long late = T + 60_000;
        Tick next = new Tick("gateway", 0, 1_000_000, Tick.Kind.TICK);
        byte[] value = Wire.write(next);

        harness.tick(next, stranger, late);
        harness.tick(value, null, late);
        harness.tick(value, new byte[0], late);
        harness.tick(new Tick("gateway", 1, 1_000_000, Tick.Kind.TICK), TopologyHarness.KEY, late);
        harness.tick(new Tick("gateway", 0, 3, Tick.Kind.TICK), TopologyHarness.KEY, late);

        assertThat(harness.types()).doesNotContain(EventType.UNHEALTHY);
        assertThat(harness.counted("station.liveness.ticks.ignored")).isEqualTo(5);
    }

    // Negative control of the test above: the same ticks, genuine, do decide.
    @Test
    void genuineTicksDecide() {
        harness.ticks(T - 5_000, T);
        harness.active(STORY, HeartbeatMode.EMERGENCY, T);

        harness.ticks(T + 60_000, T + 70_000);

        assertThat(harness.types()).contains(EventType.UNHEALTHY);
    }

    private static byte[] filled(byte value) {
        byte[] secret = new byte[StationKey.LENGTH];
        Arrays.fill(secret, value);
        return secret;
    }
}
