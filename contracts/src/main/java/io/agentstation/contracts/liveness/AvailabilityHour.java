package io.agentstation.contracts.liveness;

import java.time.Instant;

/**
 * How much of one hour an agent was heard; on {@code agent.availability}, key = agent uuid. An hour is written again while
 * it lasts: the newest record of each (agent, hour) counts.
 *
 * <p>An interval is one heartbeat period of the agent's mode. Intervals are expected while the agent is watched (design,
 * section 4: silence that the Station ordered is never a miss). An interval that a stall of the ingest path covers is not
 * expected, since nobody could prove it missed; the stalled time is shown instead.
 *
 * @param hourStart UTC; log-append time
 * @param expected  intervals that ended in this hour and could be judged
 * @param heard     those of them in which a heartbeat came in time, at most {@code expected}
 * @param watchedMs for how long the agent was watched
 * @param stalledMs how much of that the ingest path was stalled
 */
public record AvailabilityHour(Instant hourStart, long expected, long heard, long watchedMs, long stalledMs) {

    public AvailabilityHour {
        if (heard < 0 || heard > expected || stalledMs < 0 || stalledMs > watchedMs) {
            throw new IllegalArgumentException("0 <= heard <= expected and 0 <= stalled <= watched must hold: " + heard
                    + " of " + expected + ", " + stalledMs + " of " + watchedMs);
        }
    }
}
