package io.agentstation.telemetry.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Says that the context is broken when Kafka Streams has ended for good: its threads are gone, nothing in this process starts
 * them again, and windows that nobody fills any more would show agents as silent.
 */
final class StreamsEnd implements KafkaStreams.StateListener {

    private final ApplicationEventPublisher publisher;

    StreamsEnd(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.ERROR) {
            AvailabilityChangeEvent.publish(publisher, this, LivenessState.BROKEN);
        }
    }
}
