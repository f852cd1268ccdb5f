package io.agentstation.gateway.fleet;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.TopicTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** The newest counts of every (workspace, partition), from the beginning of {@code agent.fleet} on, in memory. */
final class FleetReader implements InitializingBean, DisposableBean {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    private final Map<WorkspaceId, Map<String, FleetCounts>> newest = new ConcurrentHashMap<>();
    private final TopicTail tail;

    FleetReader(Map<String, Object> consumer) {
        this.tail = new TopicTail(Topic.FLEET, TopicTail.From.BEGINNING, consumer, this::read, () -> {});
    }

    /** What the partitions say of a workspace. */
    Collection<FleetCounts> of(WorkspaceId workspace) {
        return List.copyOf(newest.getOrDefault(workspace, Map.of()).values());
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            newest.values().forEach(partitions -> partitions.remove(key));
            return;
        }
        FleetCounts counts = Wire.read(record.value(), FleetCounts.class);
        newest.computeIfAbsent(counts.workspace(), workspace -> new ConcurrentHashMap<>())
                .put(key, counts);
    }

    @Override
    public void afterPropertiesSet() throws InterruptedException {
        tail.start(READY_WITHIN);
    }

    @Override
    public void destroy() throws InterruptedException {
        tail.close();
    }
}
