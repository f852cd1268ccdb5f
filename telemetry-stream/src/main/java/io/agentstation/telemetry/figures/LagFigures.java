package io.agentstation.telemetry.figures;

import io.agentstation.contracts.topics.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of each partition are not stored yet: the end of its log minus what its group has committed, asked of
 * Kafka every 5 s. A consumer's own lag would not do: it stands still while the consumer is paused. While Kafka does not
 * answer the lag is not a number.
 */
public final class LagFigures implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LagFigures.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;
    private final MeterRegistry meters;
    private final Map<Topic, String> groups = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Double> lags = new ConcurrentHashMap<>();
    private final int partitions;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lag-figures");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Figures in this registry.
     *
     * @param admin      closed with this
     * @param partitions of every topic
     */
    public LagFigures(Admin admin, MeterRegistry meters, int partitions) {
        this.admin = admin;
        this.meters = meters;
        this.partitions = partitions;
        var unused = timer.scheduleWithFixedDelay(this::refresh, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Shows how far behind this group is in the topic from now on. */
    public void show(Topic topic, String group) {
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition of = new TopicPartition(topic.topicName(), partition);
            Gauge.builder("station.telemetry.lag", () -> lags.getOrDefault(of, Double.NaN))
                    .tag("topic", topic.topicName())
                    .tag("partition", Integer.toString(partition))
                    .baseUnit("records")
                    .register(meters);
        }
        groups.put(topic, group);
    }

    private void refresh() {
        try {
            for (Map.Entry<Topic, String> group : groups.entrySet()) {
                refresh(group.getKey(), group.getValue());
            }
        } catch (ExecutionException | TimeoutException e) {
            lags.clear();
            log.atDebug().setCause(e).log("Kafka does not tell the lag");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh(Topic topic, String group) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        Map<TopicPartition, OffsetSpec> begin = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            begin.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.earliest());
        }
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(wanted.keySet())))
                .partitionsToOffsetAndMetadata(group)
                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        var ends = admin.listOffsets(wanted).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        var starts = admin.listOffsets(begin).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        ends.forEach((of, end) -> {
            OffsetAndMetadata read = committed.get(of);
            long from = read == null ? Objects.requireNonNull(starts.get(of)).offset() : read.offset();
            lags.put(of, (double) Math.max(0, end.offset() - from));
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(TIMEOUT);
    }
}
