package io.agentstation.telemetry.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.topics.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerPausedEvent;
import org.springframework.kafka.event.ConsumerResumedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class PauseFiguresTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = NOON;
    private final PauseFigures figures = new PauseFigures(meters, () -> now);
    private final Object first = thread(Topic.METRICS);
    private final Object second = thread(Topic.METRICS);

    @Test
    void aTopicIsPausedFromItsFirstThreadToItsLast() {
        figures.show(Topic.METRICS);
        figures.show(Topic.HEARTBEATS);
        assertThat(gauge("station.telemetry.paused", Topic.METRICS)).isZero();

        pause(first);
        now = NOON.plusSeconds(9);
        pause(second);
        pause(first);
        resume(first);

        assertThat(gauge("station.telemetry.paused", Topic.METRICS)).isEqualTo(1);
        assertThat(gauge("station.telemetry.paused.since", Topic.METRICS))
                .isEqualTo((double) NOON.plusSeconds(9).getEpochSecond());
        assertThat(gauge("station.telemetry.paused", Topic.HEARTBEATS)).isZero();
        resume(second);
        assertThat(gauge("station.telemetry.paused", Topic.METRICS)).isZero();
        assertThat(gauge("station.telemetry.paused.since", Topic.METRICS)).isZero();
    }

    @Test
    void aThreadThatEndsIsNoLongerPaused() {
        figures.show(Topic.METRICS);
        pause(first);

        figures.onApplicationEvent(new ConsumerStoppedEvent(first, first, ConsumerStoppedEvent.Reason.NORMAL));

        assertThat(gauge("station.telemetry.paused", Topic.METRICS)).isZero();
    }

    private double gauge(String name, Topic topic) {
        return meters.get(name).tag("topic", topic.topicName()).gauge().value();
    }

    private void pause(Object container) {
        figures.onApplicationEvent(new ConsumerPausedEvent(container, container, List.of(), "For batch retry"));
    }

    private void resume(Object container) {
        figures.onApplicationEvent(new ConsumerResumedEvent(container, container, List.of()));
    }

    private static Object thread(Topic topic) {
        return new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(Map.of(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new ContainerProperties(topic.topicName()));
    }
}
