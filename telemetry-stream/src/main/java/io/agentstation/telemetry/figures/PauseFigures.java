package io.agentstation.telemetry.figures;

import io.agentstation.contracts.topics.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerPausedEvent;
import org.springframework.kafka.event.ConsumerResumedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Which topics are paused because a batch cannot be written, and since when, by the events of the readers' own threads.
 * Thread-safe.
 */
public final class PauseFigures implements ApplicationListener<KafkaEvent> {

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<Object, Pause> pauses = new ConcurrentHashMap<>();

    /**
     * A thread of the topic's reader that is paused.
     *
     * @param topic in Kafka
     */
    private record Pause(String topic, Instant since) {}

    /** Figures in this registry. */
    public PauseFigures(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** Shows the topic from now on. */
    public void show(Topic topic) {
        String name = topic.topicName();
        Gauge.builder("station.telemetry.paused", () -> since(name).isPresent() ? 1 : 0)
                .tag("topic", name)
                .register(meters);
        Gauge.builder(
                        "station.telemetry.paused.since",
                        () -> since(name).map(Instant::getEpochSecond).orElse(0L))
                .tag("topic", name)
                .baseUnit("seconds")
                .register(meters);
    }

    /** Since when the topic has been paused, wholly or in part; empty when it is not. */
    public Optional<Instant> since(String topic) {
        return pauses.values().stream()
                .filter(pause -> pause.topic().equals(topic))
                .map(Pause::since)
                .min(Comparator.naturalOrder());
    }

    @Override
    public void onApplicationEvent(KafkaEvent event) {
        if (event instanceof ConsumerPausedEvent paused) {
            String[] topics = paused.getContainer(MessageListenerContainer.class)
                    .getContainerProperties()
                    .getTopics();
            if (topics != null) {
                pauses.putIfAbsent(event.getSource(), new Pause(topics[0], clock.instant()));
            }
        } else if (event instanceof ConsumerResumedEvent || event instanceof ConsumerStoppedEvent) {
            pauses.remove(event.getSource());
        }
    }
}
