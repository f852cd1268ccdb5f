package io.agentstation.contracts.liveness;

import java.time.Instant;

/**
 * How much of one hour an agent was heard; on {@code agent.availability}, key = agent uuid. An hour is written again while
 * it lasts, and later when a late word changes it: the newest record of each (agent, hour) counts.
 *
 * <p>An interval is one heartbeat period of the agent's mode, in time in which somebody could have been heard: stalls of the
 * ingest path do not count. Intervals are laid end to end while the agent is watched (design, section 4: silence that the
 * Station ordered is never a miss), and each belongs to the hour in which it ends. It is judged when the next heartbeat comes,
 * or when the detector calls the agent unhealthy: then the intervals from the last heartbeat on are missed until it is heard
 * again. So without UNHEALTHY every expected interval is heard, and at an UNHEALTHY as many are missed as it says, less
 * those in stalled time. What is not judged is not expected.
 *
 * @param hourStart UTC; log-append time
 * @param expected  intervals that ended in this hour and were judged
 * @param heard     those of them in which the agent was not silent, at most {@code expected}
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
