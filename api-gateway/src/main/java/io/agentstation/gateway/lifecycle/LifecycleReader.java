package io.agentstation.gateway.lifecycle;

import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.kafka.TopicTail;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Reads {@code agent.lifecycle} from now on and tells whoever waits, after what is known of the agent is up to date. */
final class LifecycleReader implements InitializingBean, DisposableBean {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    private final AgentStandings standings;
    private final Waiters waiters;
    private final TopicTail tail;

    LifecycleReader(Map<String, Object> consumer, AgentStandings standings, Waiters waiters) {
        this.standings = standings;
        this.waiters = waiters;
        this.tail = new TopicTail(Topic.LIFECYCLE, TopicTail.From.END, consumer, this::read, standings::forget);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            LifecycleEvent event = Wire.read(record.value(), LifecycleEvent.class);
            standings.apply(event);
            waiters.tell(event);
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
