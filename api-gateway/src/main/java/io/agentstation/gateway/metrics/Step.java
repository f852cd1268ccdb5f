package io.agentstation.gateway.metrics;

import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import java.time.Duration;

/** How far apart the points of a series are; the finest first. */
enum Step {
    ONE_MINUTE("1m", Duration.ofMinutes(1), Resolution.MINUTE),
    FIVE_MINUTES("5m", Duration.ofMinutes(5), Resolution.MINUTE),
    FIFTEEN_MINUTES("15m", Duration.ofMinutes(15), Resolution.MINUTE),
    ONE_HOUR("1h", Duration.ofHours(1), Resolution.HOUR),
    SIX_HOURS("6h", Duration.ofHours(6), Resolution.HOUR),
    ONE_DAY("1d", Duration.ofDays(1), Resolution.HOUR);

    private final String wireName;
    private final Duration length;
    private final Resolution resolution;

    Step(String wireName, Duration length, Resolution resolution) {
        this.wireName = wireName;
        this.length = length;
        this.resolution = resolution;
    }

    String wireName() {
        return wireName;
    }

    Duration length() {
        return length;
    }

    /** Of the stored windows that its points are made of. */
    Resolution resolution() {
        return resolution;
    }

    /** The step that shows a resolution as it is stored. */
    static Step of(Resolution resolution) {
        return resolution == Resolution.MINUTE ? ONE_MINUTE : ONE_HOUR;
    }
}
