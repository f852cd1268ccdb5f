package io.agentstation.contracts.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent reported in one window, summed up; on {@code agent.metrics-rollups}, key = agent uuid. A window is written
 * again while reports come: the newest record of each (agent, resolution, window) counts.
 *
 * @param windowStart inclusive; UTC, a multiple of the resolution; windows are cut by log-append time
 * @param series      by name: {@code cpu_percent}, {@code memory_mb}, {@code request_rate} (requests a second, absent until
 *                    there are two reports), and each numeric custom metric as {@code custom.NAME}, nested ones with dots
 */
public record MetricsRollup(Resolution resolution, Instant windowStart, SortedMap<String, Series> series) {

    /** Before the name of a custom metric. */
    public static final String CUSTOM_PREFIX = "custom.";

    public MetricsRollup {
        series = Collections.unmodifiableSortedMap(new TreeMap<>(series));
    }

    /** How long a window is. */
    public enum Resolution {
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1));

        private final Duration length;

        Resolution(Duration length) {
            this.length = length;
        }

        /** From the start of a window to the start of the next. */
        public Duration length() {
            return length;
        }
    }
}
