package io.agentstation.contracts.topics;

import java.time.Duration;
import java.util.Map;

/**
 * The topics, declared once. All have LogAppendTime and the same number of partitions; key = agent uuid, lower case,
 * except of the compacted ones: {@link #FLEET} ({@link io.agentstation.contracts.lifecycle.FleetCounts#key}),
 * {@link #POLICIES} (workspace), {@link #DETECTOR}
 * ({@link io.agentstation.contracts.liveness.DetectorReport#key}), {@link #CLUSTERS} (the cluster's name), and of
 * {@link #WEBHOOK_ORDERS}.
 */
public enum Topic {
    COMMANDS("agent.commands", Duration.ofDays(30), false),
    HEARTBEATS("agent.heartbeats", Duration.ofDays(3), false),
    METRICS("agent.metrics", Duration.ofDays(3), false),
    OBSERVATIONS("agent.observations", Duration.ofDays(30), false),
    LIFECYCLE("agent.lifecycle", Duration.ofDays(30), false),
    /** {@link io.agentstation.contracts.metrics.MetricsRollup}, written by telemetry's roll-ups. */
    METRICS_ROLLUPS("agent.metrics-rollups", Duration.ofDays(3), false),
    /** {@link io.agentstation.contracts.liveness.AvailabilityHour}, written by telemetry's roll-ups. */
    AVAILABILITY("agent.availability", Duration.ofDays(3), false),
    FLEET("agent.fleet", Duration.ofDays(30), true),
    /** {@link io.agentstation.contracts.policies.WorkspacePolicies}, written by the gateway. */
    POLICIES("agent.policies", Duration.ofDays(30), true),
    /** {@link io.agentstation.contracts.liveness.DetectorReport}, written by the detector. */
    DETECTOR("agent.detector", Duration.ofDays(30), true),
    /** {@link io.agentstation.contracts.clusters.ClusterReport}, written by the provisioners. */
    CLUSTERS("agent.clusters", Duration.ofDays(30), true),
    /** {@link io.agentstation.contracts.webhooks.WebhookOrder}, written by the gateway; key = the subscription's id. */
    WEBHOOK_ORDERS("agent.webhook-orders", Duration.ofDays(7), false);

    private static final String DEAD_LETTER_SUFFIX = "-dlt";

    // The newest segment is never compacted, and whoever starts reads a compacted topic from its beginning. With one
    // record a second and the default of 7 days that would be 600,000 records a partition.
    private static final Duration COMPACTED_SEGMENT = Duration.ofHours(1);

    private final String topicName;
    private final Duration retention;
    private final boolean compacted;

    Topic(String topicName, Duration retention, boolean compacted) {
        this.topicName = topicName;
        this.retention = retention;
        this.compacted = compacted;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** Where records that nobody can read are put, with headers that say why; same number of partitions. */
    public String deadLetterName() {
        return topicName + DEAD_LETTER_SUFFIX;
    }

    /** How long records are kept, at least. */
    public Duration retention() {
        return retention;
    }

    /** The topic's configuration, by Kafka's own keys. */
    public Map<String, String> configuration() {
        return compacted
                ? Map.of(
                        "message.timestamp.type", "LogAppendTime",
                        "cleanup.policy", "compact",
                        "segment.ms", Long.toString(COMPACTED_SEGMENT.toMillis()))
                : Map.of(
                        "message.timestamp.type", "LogAppendTime",
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(retention.toMillis()));
    }
}
