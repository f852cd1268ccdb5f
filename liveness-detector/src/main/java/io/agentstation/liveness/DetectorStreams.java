package io.agentstation.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.topology.DetectorFigures;
import io.agentstation.liveness.topology.LivenessTopology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs the topology from the context's start to its close. */
final class DetectorStreams implements SmartLifecycle {

    private final StreamsConfiguration configuration;
    private final StationSettings station;
    private final LivenessSettings liveness;
    private final DetectorFigures figures;
    private final MeterRegistry registry;
    private final StreamsEnd end;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    private record Running(KafkaStreams streams, KafkaStreamsMetrics metrics) {}

    DetectorStreams(
            StreamsConfiguration configuration,
            StationSettings station,
            LivenessSettings liveness,
            DetectorFigures figures,
            MeterRegistry registry,
            StreamsEnd end) {
        this.configuration = configuration;
        this.station = station;
        this.liveness = liveness;
        this.figures = figures;
        this.registry = registry;
        this.end = end;
    }

    @Override
    public void start() {
        StationKey key = station.key();
        Properties properties = configuration.toProperties();
        int partitions = partitions(properties);
        KafkaStreams started = new KafkaStreams(LivenessTopology.build(liveness, key, partitions, figures), properties);
        started.setUncaughtExceptionHandler(new StreamsFailure());
        started.setStateListener(end);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(started);
        metrics.bindTo(registry);
        running.set(new Running(started, metrics));
        started.start();
    }

    @Override
    public void stop() {
        Running ended = running.getAndSet(null);
        if (ended != null) {
            ended.metrics.close();
            // Streams stays in its group by default: a restart would then wait for its own dead session.
            ended.streams.close(CloseOptions.timeout(configuration.detector().stopTimeout())
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    @Override
    public boolean isRunning() {
        return running.get() != null;
    }

    /** What Kafka Streams says of itself; empty before the start and after the stop. */
    Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(running.get()).map(now -> now.streams.state());
    }

    private int partitions(Properties properties) {
        Map<String, Object> adminProperties = new HashMap<>(configuration.kafka());
        adminProperties.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (Admin admin = Admin.create(adminProperties)) {
            TopicCheck check = new TopicCheck(admin, configuration.detector().topicCheckTimeout());
            int partitions = check.partitions(TopicCheck.ALL);
            check.requireLogAppendTime(TopicCheck.READ);
            return partitions;
        }
    }
}
