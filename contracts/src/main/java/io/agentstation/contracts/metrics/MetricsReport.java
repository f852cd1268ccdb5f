package io.agentstation.contracts.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One report of an agent's resources.
 *
 * @param cpuPercent      at least 0; more than 100 on several cores
 * @param memoryMb        megabytes, at least 0
 * @param requestsHandled since the agent's start, at least 0
 * @param customMetrics   the agent's own, as sent; empty when none
 */
public record MetricsReport(
        double cpuPercent, double memoryMb, long requestsHandled, Map<String, Object> customMetrics) {

    /** The most that custom metrics may take as JSON, in bytes. */
    public static final int MAX_CUSTOM_METRICS_BYTES = 16 * 1024;

    public MetricsReport(
            double cpuPercent, double memoryMb, long requestsHandled, @Nullable Map<String, Object> customMetrics) {
        this.cpuPercent = requireMeasure("cpu_percent", cpuPercent);
        this.memoryMb = requireMeasure("memory_mb", memoryMb);
        if (requestsHandled < 0) {
            throw new IllegalArgumentException("requests_handled must be at least 0: " + requestsHandled);
        }
        this.requestsHandled = requestsHandled;
        this.customMetrics =
                customMetrics == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(customMetrics));
    }

    private static double requireMeasure(String field, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException(field + " must be a finite number of at least 0: " + value);
        }
        return value;
    }
}
