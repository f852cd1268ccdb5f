package io.agentstation.telemetry;

import io.agentstation.telemetry.availability.AvailabilityFigures;
import io.agentstation.telemetry.availability.AvailabilityTopology;
import io.agentstation.telemetry.availability.HeartbeatPromise;
import io.agentstation.telemetry.batches.PartitionCount;
import io.agentstation.telemetry.rollups.RollupFigures;
import io.agentstation.telemetry.rollups.RollupTopology;
import io.agentstation.telemetry.streams.StreamsRun;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One Kafka Streams instance for both topologies: roll-ups and availability. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RollupSettings.class, StreamsSettings.class, HeartbeatPromise.class, KeyFile.class})
@ConditionalOnProperty(name = "station.telemetry.streams.enabled", havingValue = "true", matchIfMissing = true)
class StreamsWiring {

    private static final String APPLICATION_SUFFIX = "-windows";

    @Bean
    Topology windowTopology(
            RollupSettings rollups,
            StreamsSettings streams,
            HeartbeatPromise promise,
            KeyFile keyFile,
            PartitionCount partitions,
            RollupFigures rollupFigures,
            AvailabilityFigures availabilityFigures) {
        StreamsBuilder builder = new StreamsBuilder();
        RollupTopology.add(builder, partitions.value(), rollups.grace(), streams.stores(), rollupFigures);
        Topology topology = builder.build();
        AvailabilityTopology.add(
                topology,
                keyFile.key(),
                partitions.value(),
                promise,
                rollups.availabilityInterval(),
                streams.stores(),
                availabilityFigures);
        return topology;
    }

    @Bean
    StreamsRun windowStreams(
            Topology windowTopology,
            KafkaProperties kafka,
            TelemetrySettings telemetry,
            RollupSettings rollups,
            StreamsSettings streams,
            MeterRegistry registry,
            ApplicationEventPublisher publisher) {
        StreamsProperties properties = new StreamsProperties(
                kafka.buildStreamsProperties(),
                telemetry.group() + APPLICATION_SUFFIX,
                streams,
                rollups.publishInterval());
        return new StreamsRun(windowTopology, properties.toProperties(), streams.stopTimeout(), registry, publisher);
    }
}
