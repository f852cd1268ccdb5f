package io.agentstation.telemetry.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/** Runs a topology from the context's start to its close; says that the context is broken when it has ended for good. */
public final class StreamsRun implements SmartLifecycle {

    private final Topology topology;
    private final Properties properties;
    private final Duration stopTimeout;
    private final MeterRegistry registry;
    private final ApplicationEventPublisher publisher;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    private record Running(KafkaStreams streams, KafkaStreamsMetrics metrics) {}

    /**
     * Not started yet.
     *
     * @param stopTimeout how long an orderly stop may take
     */
    public StreamsRun(
            Topology topology,
            Properties properties,
            Duration stopTimeout,
            MeterRegistry registry,
            ApplicationEventPublisher publisher) {
        this.topology = topology;
        this.properties = properties;
        this.stopTimeout = stopTimeout;
        this.registry = registry;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        KafkaStreams started = new KafkaStreams(topology, properties);
        started.setUncaughtExceptionHandler(new StreamsFailure());
        started.setStateListener(new StreamsEnd(publisher));
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
            ended.streams.close(CloseOptions.timeout(stopTimeout)
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    @Override
    public boolean isRunning() {
        return running.get() != null;
    }

    /** What Kafka Streams says of itself; empty before the start and after the stop. */
    public Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(running.get()).map(now -> now.streams.state());
    }
}
