package io.agentstation.telemetry;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.telemetry.batches.BatchWriter;
import io.agentstation.telemetry.batches.BoundedWrites;
import io.agentstation.telemetry.batches.DeadLetters;
import io.agentstation.telemetry.batches.PartitionCount;
import io.agentstation.telemetry.batches.RecordDecoder;
import io.agentstation.telemetry.batches.TopicReaders;
import io.agentstation.telemetry.figures.WriterFigures;
import io.agentstation.telemetry.heartbeats.HeartbeatRows;
import io.agentstation.telemetry.lifecycle.LifecycleRows;
import io.agentstation.telemetry.metrics.MetricsRows;
import io.agentstation.telemetry.observations.ObservationRows;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** One reader for each topic: what it reads, what it skips, what becomes of it. */
@Configuration(proxyBeanMethods = false)
class ReaderConfiguration {

    /** Every topic that is read. */
    static final Set<Topic> TOPICS = EnumSet.of(
            Topic.HEARTBEATS,
            Topic.METRICS,
            Topic.OBSERVATIONS,
            Topic.LIFECYCLE,
            Topic.METRICS_ROLLUPS,
            Topic.AVAILABILITY);

    @Bean
    PartitionCount partitionCount(KafkaAdmin kafka) {
        return PartitionCount.ask(kafka, TOPICS);
    }

    @Bean
    BoundedWrites boundedWrites(TelemetrySettings settings, WriterFigures figures) {
        return new BoundedWrites(settings.writesInFlight(), settings.tryTimeout(), figures);
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> heartbeatsReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            Heartbeats heartbeats,
            LatestReports latest) {
        return readers.of(
                Topic.HEARTBEATS,
                new BatchWriter<>(
                        HeartbeatRows::isHeartbeat,
                        RecordDecoder.of(Heartbeat.class, partitions.value()),
                        new HeartbeatRows(heartbeats, latest),
                        writes,
                        new DeadLetters(Topic.HEARTBEATS, kafka)));
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> metricsReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            Metrics metrics,
            LatestReports latest) {
        return readers.of(
                Topic.METRICS,
                new BatchWriter<>(
                        record -> true,
                        RecordDecoder.of(MetricsReport.class, partitions.value()),
                        new MetricsRows(metrics, latest),
                        writes,
                        new DeadLetters(Topic.METRICS, kafka)));
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> observationsReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            AgentProjections projections) {
        return readers.ofCommitted(
                Topic.OBSERVATIONS,
                new BatchWriter<>(
                        record -> true,
                        RecordDecoder.of(
                                Observation.class,
                                partitions.value(),
                                (agent, observation) -> agent.equals(observation.agentId())),
                        new ObservationRows(projections),
                        writes,
                        new DeadLetters(Topic.OBSERVATIONS, kafka)));
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> lifecycleReader(
            TopicReaders readers,
            PartitionCount partitions,
            BoundedWrites writes,
            KafkaTemplate<byte[], byte[]> kafka,
            LifecycleRows rows) {
        return readers.ofCommitted(
                Topic.LIFECYCLE,
                new BatchWriter<>(
                        record -> true,
                        RecordDecoder.of(
                                LifecycleEvent.class,
                                partitions.value(),
                                (agent, event) -> agent.equals(event.agentId())),
                        rows,
                        writes,
                        new DeadLetters(Topic.LIFECYCLE, kafka)));
    }

    @Bean
    LifecycleRows lifecycleRows(LifecycleEvents history, AgentProjections projections, AgentLists lists) {
        return new LifecycleRows(history, projections, lists);
    }
}
