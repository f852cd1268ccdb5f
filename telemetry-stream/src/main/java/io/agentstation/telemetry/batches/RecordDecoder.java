package io.agentstation.telemetry.batches;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.wire.MalformedMessage;
import io.agentstation.contracts.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of one topic: the key must be the agent's uuid, in the agent's own partition, the value a message of the type. */
public final class RecordDecoder<M> {

    private static final String NO_UUID = "bad key: not an agent's uuid of 36 lower-case characters";

    private final Class<M> type;
    private final int partitionCount;
    private final BiPredicate<AgentId, M> isAbout;

    private RecordDecoder(Class<M> type, int partitionCount, BiPredicate<AgentId, M> isAbout) {
        this.type = type;
        this.partitionCount = partitionCount;
        this.isAbout = isAbout;
    }

    /** For messages whose agent only the key names. */
    public static <M> RecordDecoder<M> of(Class<M> type, int partitionCount) {
        return new RecordDecoder<>(type, partitionCount, (agent, message) -> true);
    }

    /** For messages that name their agent themselves: it must be the key's. */
    public static <M> RecordDecoder<M> of(Class<M> type, int partitionCount, BiPredicate<AgentId, M> isAbout) {
        return new RecordDecoder<>(type, partitionCount, isAbout);
    }

    /**
     * Reads a record.
     *
     * @throws PoisonRecord when nobody can read it; the message says why
     */
    public LogRecord<M> decode(ConsumerRecord<byte[], byte[]> record) {
        AgentId agent = agentOf(record.key());
        int own = Partitions.of(agent, partitionCount);
        if (record.partition() != own) {
            throw new PoisonRecord(
                    "foreign partition: " + record.partition() + " instead of " + own + " for agent " + agent, null);
        }
        M message = read(record.value());
        if (!isAbout.test(agent, message)) {
            throw new PoisonRecord("the message is about another agent than its key " + agent, null);
        }
        return new LogRecord<>(agent, message, record.timestamp(), record.offset());
    }

    private static AgentId agentOf(byte @Nullable [] key) {
        if (key == null) {
            throw new PoisonRecord("bad key: none, an agent's uuid was expected", null);
        }
        String text = new String(key, StandardCharsets.UTF_8);
        try {
            UUID uuid = UUID.fromString(text);
            // The JDK takes short forms and either case. This refuses them, at a fraction of what a pattern costs.
            if (uuid.toString().equals(text)) {
                return new AgentId(uuid);
            }
        } catch (IllegalArgumentException e) {
            throw new PoisonRecord(NO_UUID, e);
        }
        throw new PoisonRecord(NO_UUID, null);
    }

    private M read(byte @Nullable [] value) {
        if (value == null) {
            throw new PoisonRecord("no value: a " + type.getSimpleName() + " was expected", null);
        }
        try {
            return Wire.read(value, type);
        } catch (MalformedMessage e) {
            throw new PoisonRecord(String.valueOf(e.getMessage()), e);
        }
    }
}
