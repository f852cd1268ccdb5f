package io.agentstation.store.webhooks;

import java.time.Instant;

/**
 * What became of the attempts of an hour.
 *
 * @param latencyMs of all attempts together
 */
public record HourSums(Instant hour, long attempts, long delivered, long failed, long latencyMs, long slowestMs) {

    /** Both together, of the same hour. */
    public HourSums plus(HourSums other) {
        return new HourSums(
                hour,
                attempts + other.attempts,
                delivered + other.delivered,
                failed + other.failed,
                latencyMs + other.latencyMs,
                Math.max(slowestMs, other.slowestMs));
    }
}
