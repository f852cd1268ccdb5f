package io.agentstation.contracts.liveness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the detector can prove absence in one partition; on {@code agent.detector}, where the newest record of each
 * partition counts. Written about once a second while the partition's ticks are processed: when no report comes,
 * nobody is judged.
 *
 * @param at           the partition's log time at its newest tick
 * @param stalledSince log time since which the partition's ingest path has been stalled; null when absence can be proven
 * @param gateways     how many are on the partition's roster
 * @param watched      how many agents of the partition are watched
 * @param unhealthy    how many of them are unhealthy
 */
public record DetectorReport(
        int partition, Instant at, @Nullable Instant stalledSince, int gateways, long watched, long unhealthy) {

    public DetectorReport {
        if (partition < 0 || gateways < 0 || watched < 0 || unhealthy < 0) {
            throw new IllegalArgumentException("partition, gateways, watched and unhealthy must be at least 0: "
                    + partition + ", " + gateways + ", " + watched + ", " + unhealthy);
        }
    }

    /** The record's key; the record lies in the partition that it is about. */
    public static String key(int partition) {
        return Integer.toString(partition);
    }
}
