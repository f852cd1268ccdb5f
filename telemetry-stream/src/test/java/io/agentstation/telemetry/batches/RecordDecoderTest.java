package io.agentstation.telemetry.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

    private static final int PARTITIONS = 8;
    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-00000000abcd");
    private static final int OWN = Partitions.of(AGENT, PARTITIONS);
    private static final Heartbeat HEARTBEAT = new Heartbeat(HeartbeatMode.IDLE, 12.5);

    private final RecordDecoder<Heartbeat> decoder = RecordDecoder.of(Heartbeat.class, PARTITIONS);

    @Test
    void aMessageIsReadWithItsPlace() {
        assertThat(decoder.decode(record(OWN, AGENT.toString(), Wire.write(HEARTBEAT))))
                .isEqualTo(new LogRecord<>(AGENT, HEARTBEAT, 1_000, 42));
    }

    @Test
    void aKeyIsAnAgentsUuidInLowerCase() {
        assertPoison(record(OWN, null, Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, "", Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, "an-agent", Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, "190a5c0-0-7000-8000-abcd", Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, AGENT + " ", Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, AGENT.toString().replace('-', '_'), Wire.write(HEARTBEAT)), "bad key");
        assertPoison(record(OWN, AGENT.toString().toUpperCase(Locale.ROOT), Wire.write(HEARTBEAT)), "bad key");
    }

    @Test
    void anAgentsRecordsAreInItsOwnPartition() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (partition != OWN) {
                assertPoison(record(partition, AGENT.toString(), Wire.write(HEARTBEAT)), "foreign partition");
            }
        }
    }

    @Test
    void aValueIsOneMessage() {
        assertPoison(record(OWN, AGENT.toString(), null), "no value");
        assertPoison(record(OWN, AGENT.toString(), new byte[0]), "not a Heartbeat");
        assertPoison(record(OWN, AGENT.toString(), new byte[] {0, -1, 7}), "not a Heartbeat");
        assertPoison(record(OWN, AGENT.toString(), bytes("null")), "Heartbeat");
        assertPoison(record(OWN, AGENT.toString(), bytes("{\"mode\":\"IDLE\"}")), "not a Heartbeat");
        assertPoison(
                record(OWN, AGENT.toString(), bytes("{\"mode\":\"IDLE\",\"uptime_seconds\":-1}")), "not a Heartbeat");
    }

    @Test
    void aMessageIsAboutTheAgentOfItsKey() {
        RecordDecoder<Heartbeat> strict =
                RecordDecoder.of(Heartbeat.class, PARTITIONS, (agent, message) -> !agent.equals(AGENT));

        assertThatThrownBy(() -> strict.decode(record(OWN, AGENT.toString(), Wire.write(HEARTBEAT))))
                .isInstanceOf(PoisonRecord.class)
                .hasMessageContaining("another agent");
    }

    private void assertPoison(ConsumerRecord<byte[], byte[]> record, String reason) {
        assertThatThrownBy(() -> decoder.decode(record))
                .isInstanceOf(PoisonRecord.class)
                .hasMessageContaining(reason);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ConsumerRecord<byte[], byte[]> record(int partition, @Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "agent.heartbeats",
                partition,
                42,
                1_000,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key == null ? null : bytes(key),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
