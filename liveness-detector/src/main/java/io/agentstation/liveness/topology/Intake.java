package io.agentstation.liveness.topology;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.ticks.Ticks;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads records that anybody may have written: what comes out is well-formed and in its own partition. */
final class Intake {

    private final Ticks ticks;
    private final int partitions;

    Intake(StationKey stationKey, int partitions) {
        this.ticks = new Ticks(stationKey);
        this.partitions = partitions;
    }

    /** What the record says it is instead of the topic's ordinary message; empty for that one. */
    static Optional<String> type(Record<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(RecordHeaders.TYPE))
                .map(header -> header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The tick, if the station's key vouches for it and it was meant for this partition. */
    Optional<Tick> tick(Record<byte[], byte[]> record, int partition) {
        Header code = record.headers().lastHeader(RecordHeaders.HMAC);
        return ticks.read(record.value(), code == null ? null : code.value(), partition);
    }

    AgentCommand command(Record<byte[], byte[]> record, int partition) {
        AgentId key = key(record.key(), partition);
        AgentCommand command = Wire.read(value(record), AgentCommand.class);
        return sameAgent(key, command.agentId(), command);
    }

    Observation observation(Record<byte[], byte[]> record, int partition) {
        AgentId key = key(record.key(), partition);
        Observation observation = Wire.read(value(record), Observation.class);
        return sameAgent(key, observation.agentId(), observation);
    }

    Heartbeat heartbeat(Record<byte[], byte[]> record) {
        return Wire.read(value(record), Heartbeat.class);
    }

    /** The agent that the key names. */
    AgentId key(byte @Nullable [] key, int partition) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        AgentId agent = AgentId.parse(text)
                .filter(id -> id.toString().equals(text))
                .orElseThrow(() -> new MalformedMessage("the key is not an agent's uuid in lower case", null));
        int home = Partitions.of(agent, partitions);
        if (home != partition) {
            throw new MalformedMessage(
                    "foreign partition: the agent's is " + home + ", the record is in " + partition
                            + " (partition by murmur2 of the key)",
                    null);
        }
        return agent;
    }

    private static byte[] value(Record<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new MalformedMessage("the record has no value", null);
        }
        return value;
    }

    private static <T> T sameAgent(AgentId key, AgentId agent, T message) {
        if (!agent.equals(key)) {
            throw new MalformedMessage("the message is about another agent than its key: " + agent, null);
        }
        return message;
    }
}
