package io.agentstation.gateway.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.Arrays;

/**
 * What is left of a {@link Rate}: a bucket that is filled anew every minute, counted from when it was made, and the times
 * of what was last allowed, so that no second, wherever it begins, sees more than the burst. What is refused costs nothing.
 * Thread-safe.
 */
final class Allowance {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Rate rate;
    private final TimeMeter time;
    private final long madeAt;
    private final Bucket minute;
    // A ring; the oldest is where the next one is written.
    private final long[] lastAllowed;
    private int next;

    Allowance(Rate rate, TimeMeter time) {
        this.rate = rate;
        this.time = time;
        this.madeAt = time.currentTimeNanos();
        this.minute = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rate.perMinute())
                        .refillIntervally(rate.perMinute(), Duration.ofNanos(MINUTE))
                        .build())
                .withCustomTimePrecision(time)
                // Every use of it is under this object's lock.
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
        this.lastAllowed = new long[rate.burst()];
        Arrays.fill(lastAllowed, madeAt - SECOND);
    }

    /** Asks once. */
    synchronized Draw draw() {
        long now = time.currentTimeNanos();
        long windowEnd = MINUTE - Math.floorMod(now - madeAt, MINUTE);
        long burstWait = Math.max(0, SECOND - (now - lastAllowed[next]));
        boolean allowed = burstWait == 0 && minute.tryConsume(1);
        if (allowed) {
            lastAllowed[next] = now;
            next = (next + 1) % lastAllowed.length;
        }
        int remaining = Math.toIntExact(minute.getAvailableTokens());
        long minuteWait = remaining == 0 ? windowEnd : 0;
        return new Draw(
                rate.perMinute(),
                remaining,
                Duration.ofNanos(windowEnd),
                Duration.ofNanos(allowed ? 0 : Math.max(burstWait, minuteWait)));
    }
}
