package io.agentstation.liveness.detection;

import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.ticks.StallTracker.LogClock;
import java.time.Instant;

/**
 * How things stand in a partition at one moment.
 *
 * @param clock     its log time and stalls
 * @param gateways  how many are expected to tick
 * @param agents    how many are remembered, terminal and unknown ones included
 * @param armed     how many have a time at which they will be looked at: the size of the deadline index
 * @param watched   of how many the silence counts
 * @param unhealthy how many of these are silent
 * @param logMs     how much of the log's time passed since this detector began, in milliseconds
 * @param stalledMs how much of that was stalled: time in which absence cannot be proven
 */
public record Census(
        LogClock clock, int gateways, int agents, int armed, long watched, long unhealthy, long logMs, long stalledMs) {

    /** What the gateways, and through them people, are told of it. */
    DetectorReport report(int partition) {
        return new DetectorReport(
                partition,
                Instant.ofEpochMilli(clock.nowMs()),
                clock.stalledSinceMs() == null ? null : stalledSince(clock.stalledSinceMs()),
                gateways,
                watched,
                unhealthy);
    }

    // All time before a partition's first tick is a stall, which begins nowhere.
    private Instant stalledSince(long ms) {
        return Instant.ofEpochMilli(ms == 0 ? clock.nowMs() : ms);
    }
}
