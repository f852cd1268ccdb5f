package io.agentstation.liveness;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the detector runs, {@code station.liveness.*}.
 *
 * @param applicationId     names its consumer group, changelogs and transactions: a new one forgets everything
 * @param stateDir          where Kafka Streams keeps files, should a store need any; its own default when left out
 * @param threads           stream threads of this process
 * @param standbyReplicas   how many other instances keep a copy of each partition's state, to take it over at once; needs as
 *                          many instances more
 * @param sessionTimeout    after this long without a sign of life another instance takes over
 * @param topicCheckTimeout how long the check of the topics may take at start
 * @param stopTimeout       how long an orderly stop may take
 */
@ConfigurationProperties("station.liveness")
record DetectorSettings(
        @DefaultValue("liveness-detector") String applicationId,
        @Nullable Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("6s") Duration sessionTimeout,
        @DefaultValue("30s") Duration topicCheckTimeout,
        @DefaultValue("5s") Duration stopTimeout) {

    DetectorSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("station.liveness.threads must be at least 1: " + threads);
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException(
                    "station.liveness.standby-replicas must be at least 0: " + standbyReplicas);
        }
        if (applicationId.isBlank()) {
            throw new IllegalArgumentException("station.liveness.application-id must not be blank");
        }
    }
}
