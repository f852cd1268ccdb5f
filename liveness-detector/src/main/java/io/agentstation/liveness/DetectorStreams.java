package io.agentstation.liveness;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.topology.DetectorFigures;
import io.agentstation.liveness.topology.LivenessTopology;
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
    private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();

    DetectorStreams(
            StreamsConfiguration configuration,
            StationSettings station,
            LivenessSettings liveness,
            DetectorFigures figures) {
        this.configuration = configuration;
        this.station = station;
        this.liveness = liveness;
        this.figures = figures;
    }

    @Override
    public void start() {
        StationKey key = station.key();
        Properties properties = configuration.toProperties();
        int partitions = partitions(properties);
        KafkaStreams started = new KafkaStreams(LivenessTopology.build(liveness, key, partitions, figures), properties);
        started.setUncaughtExceptionHandler(new StreamsFailure());
        streams.set(started);
        started.start();
    }

    @Override
    public void stop() {
        KafkaStreams running = streams.getAndSet(null);
        if (running != null) {
            // Streams stays in its group by default: a restart would then wait for its own dead session.
            running.close(CloseOptions.timeout(configuration.detector().stopTimeout())
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    @Override
    public boolean isRunning() {
        return streams.get() != null;
    }

    /** What Kafka Streams says of itself; empty before the start and after the stop. */
    Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(streams.get()).map(KafkaStreams::state);
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
