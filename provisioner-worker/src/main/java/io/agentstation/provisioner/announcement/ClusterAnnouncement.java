package io.agentstation.provisioner.announcement;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.clusters.QuotaLimit;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Writes the cluster's report when its quota has changed, twice a second at most, and every 5 s: with several provisioners the
 * newest record is always one of a provisioner that lives.
 */
public final class ClusterAnnouncement {

    private static final Logger log = LoggerFactory.getLogger(ClusterAnnouncement.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private final KafkaOperations<String, byte[]> kafka;
    private final String namespace;
    private final @Nullable URI inspection;
    private final Supplier<Optional<List<QuotaLimit>>> quota;
    private final InstantSource clock;
    private final BooleanSupplier answers;
    private @Nullable ClusterReport said;

    /**
     * Of this namespace's quota.
     *
     * @param inspection where this provisioner answers, or null
     * @param answers    whether it can, for it has seen what the cluster holds; before that it says nothing, and gateways ask
     *                   another
     */
    public ClusterAnnouncement(
            KafkaOperations<String, byte[]> kafka,
            String namespace,
            @Nullable URI inspection,
            Supplier<Optional<List<QuotaLimit>>> quota,
            InstantSource clock,
            BooleanSupplier answers) {
        this.kafka = kafka;
        this.namespace = namespace;
        this.inspection = inspection;
        this.quota = quota;
        this.clock = clock;
        this.answers = answers;
    }

    /** Announces on these threads from now on. */
    public void start(ScheduledExecutorService threads) {
        var unused = threads.scheduleWithFixedDelay(this::announce, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void announce() {
        if (answers.getAsBoolean()) {
            announceNews();
        }
    }

    private void announceNews() {
        Instant now = clock.instant();
        ClusterReport report = new ClusterReport(
                ClusterReport.DEFAULT_CLUSTER,
                namespace,
                now,
                inspection,
                quota.get().orElse(null));
        if (isNews(report)) {
            said = report;
            send(report);
        }
    }

    private boolean isNews(ClusterReport report) {
        ClusterReport before = said;
        return before == null
                || !before.at().plus(SAY_EVERY).isAfter(report.at())
                || !Objects.equals(before.quota(), report.quota());
    }

    private void send(ClusterReport report) {
        try {
            var unused = kafka.send(Topic.CLUSTERS.topicName(), report.cluster(), Wire.write(report))
                    .exceptionally(failure -> {
                        logFailure(failure);
                        return null;
                    });
        } catch (KafkaException | org.springframework.kafka.KafkaException e) {
            logFailure(e);
        }
    }

    private static void logFailure(Throwable failure) {
        log.atWarn()
                .addKeyValue("topic", Topic.CLUSTERS.topicName())
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("The cluster's report was not acknowledged, the next follows");
    }
}
