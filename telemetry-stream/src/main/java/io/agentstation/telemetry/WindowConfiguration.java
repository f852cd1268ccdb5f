package io.agentstation.telemetry;

import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.store.rollups.Availability;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.store.session.Store;
import io.agentstation.telemetry.availability.AvailabilityFigures;
import io.agentstation.telemetry.availability.HourRows;
import io.agentstation.telemetry.batches.BatchWriter;
import io.agentstation.telemetry.batches.BoundedWrites;
import io.agentstation.telemetry.batches.DeadLetters;
import io.agentstation.telemetry.batches.PartitionCount;
import io.agentstation.telemetry.batches.RecordDecoder;
import io.agentstation.telemetry.batches.TopicReaders;
import io.agentstation.telemetry.rollups.RollupFigures;
import io.agentstation.telemetry.rollups.RollupRows;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The readers of what the windows come to, the tables that they write, and what is said of the windows as metrics. */
@Configuration(proxyBeanMethods = false)
class WindowConfiguration {

    @Bean
    RollupFigures rollupFigures(MeterRegistry registry) {
        return new RollupFigures(registry);
    }

    @Bean
    AvailabilityFigures availabilityFigures(MeterRegistry registry) {
        return new AvailabilityFigures(registry);
    }

    @Bean
    MetricsRollups metricsRollups(Store store) {
        return new MetricsRollups(store, Clock.systemUTC());
    }

    @Bean
    Availability availability(Store store) {
        return new Availability(store, Clock.systemUTC());
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> rollupsReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            MetricsRollups rollups) {
        return readers.ofCommitted(
                Topic.METRICS_ROLLUPS,
                new BatchWriter<>(
                        record -> true,
                        RecordDecoder.of(MetricsRollup.class, partitions.value()),
                        new RollupRows(rollups),
                        writes,
                        new DeadLetters(Topic.METRICS_ROLLUPS, kafka)));
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> availabilityReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            Availability availability) {
        return readers.ofCommitted(
                Topic.AVAILABILITY,
                new BatchWriter<>(
                        record -> true,
                        RecordDecoder.of(AvailabilityHour.class, partitions.value()),
                        new HourRows(availability),
                        writes,
                        new DeadLetters(Topic.AVAILABILITY, kafka)));
    }
}
