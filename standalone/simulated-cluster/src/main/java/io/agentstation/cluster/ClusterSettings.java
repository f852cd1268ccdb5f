package io.agentstation.cluster;

import java.time.Duration;

/**
 * How the simulated cluster behaves in time.
 *
 * @param podStart from the creation of a pod until it runs and is ready
 * @param podStop  from the deletion of a pod until it is gone
 */
public record ClusterSettings(Duration podStart, Duration podStop) {

    /** Pods start in 200 ms and stop in 100 ms. */
    public static final ClusterSettings DEFAULTS = new ClusterSettings(Duration.ofMillis(200), Duration.ofMillis(100));

    public ClusterSettings {
        if (podStart.isNegative() || podStop.isNegative()) {
            throw new IllegalArgumentException(
                    "podStart and podStop must not be negative: " + podStart + ", " + podStop);
        }
    }
}
