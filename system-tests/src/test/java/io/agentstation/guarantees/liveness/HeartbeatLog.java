package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.topics.Partitions;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.guarantees.kafka.Log;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What {@code agent.heartbeats} says: when each agent was heard, and when each partition stood still. */
final class HeartbeatLog implements AutoCloseable {

    private final Log log;
    private final Map<AgentId, NavigableSet<Long>> beats = new HashMap<>();
    private final Map<Integer, IngestStalls> stalls = new HashMap<>();
    private final Map<TopicPartition, NavigableMap<Long, Long>> timesByOffset = new HashMap<>();

    HeartbeatLog(String bootstrapServers) {
        this.log = new Log(bootstrapServers, Topic.HEARTBEATS.topicName());
    }

    /** Reads on until now. */
    void readOn() {
        log.next().forEach(this::read);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        timesByOffset
                .computeIfAbsent(new TopicPartition(record.topic(), record.partition()), partition -> new TreeMap<>())
                .put(record.offset(), record.timestamp());
        Header type = record.headers().lastHeader(RecordHeaders.TYPE);
        if (type == null) {
            AgentId agent = AgentId.of(new String(record.key(), StandardCharsets.UTF_8));
            beats.computeIfAbsent(agent, id -> new TreeSet<>()).add(record.timestamp());
        } else if (new String(type.value(), StandardCharsets.UTF_8).equals(RecordHeaders.TYPE_TICK)) {
            stalls.computeIfAbsent(record.partition(), partition -> new IngestStalls())
                    .tick(Wire.read(record.value(), Tick.class), record.timestamp());
        }
    }

    /** When the agent's heartbeats were appended. */
    NavigableSet<Long> beats(AgentId agent) {
        return beats.getOrDefault(agent, new TreeSet<>());
    }

    /** The stalls of the agent's partition. */
    IngestStalls stalls(AgentId agent) {
        return stalls.getOrDefault(Partitions.of(agent, stalls.size()), new IngestStalls());
    }

    /** The time of the newest tick that every partition has reached. */
    long reachedMs() {
        return stalls.values().stream().mapToLong(IngestStalls::nowMs).min().orElse(0);
    }

    /** How far a reader is behind what was read here, in log time: in the partition where it is least behind. */
    long behindMs(Map<TopicPartition, OffsetAndMetadata> committed) {
        return timesByOffset.entrySet().stream()
                .mapToLong(partition -> behindMs(partition.getValue(), committed.get(partition.getKey())))
                .min()
                .orElse(0);
    }

    private static long behindMs(NavigableMap<Long, Long> times, @Nullable OffsetAndMetadata next) {
        Map.Entry<Long, Long> unread = times.ceilingEntry(next == null ? 0 : next.offset());
        return unread == null ? 0 : times.lastEntry().getValue() - unread.getValue();
    }

    /** How long the ingest path stood still after a moment: the partition for which it was longest. */
    long stalledMsSince(long fromMs) {
        return stalls.values().stream()
                .mapToLong(partition -> partition.stalledMsSince(fromMs))
                .max()
                .orElse(0);
    }

    /** The offset after the last record, per partition. */
    Map<TopicPartition, Long> ends() {
        return log.ends();
    }

    @Override
    public void close() {
        log.close();
    }
}
