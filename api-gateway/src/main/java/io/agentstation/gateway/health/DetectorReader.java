package io.agentstation.gateway.health;

import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.TopicTail;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Reads {@code agent.detector} from now on, though it is compacted: a report that was there before is no sign of life, and
 * the next is due within a second.
 */
final class DetectorReader implements InitializingBean, DisposableBean {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    private final DetectorWatch watch;
    private final TopicTail tail;

    DetectorReader(Map<String, Object> consumer, DetectorWatch watch) {
        this.watch = watch;
        this.tail = new TopicTail(Topic.DETECTOR, TopicTail.From.END, consumer, this::read, () -> {});
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            watch.take(Wire.read(record.value(), DetectorReport.class));
        }
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
