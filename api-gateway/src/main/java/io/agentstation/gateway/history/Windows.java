package io.agentstation.gateway.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Windows of one length side by side, cut in UTC; a day begins at midnight. {@code from} is rounded down to the start of its
 * window, so that the first one is whole; the last one is that which {@code to} cuts or ends, and may still be open.
 */
public record Windows(Instant from, Instant to, Duration length) {

    /** The most that one answer has. */
    public static final int MOST = 2_000;

    public Windows {
        from = startOf(from, length);
    }

    /** The start of the window that a moment lies in. */
    public Instant startOf(Instant moment) {
        return startOf(moment, length);
    }

    /** Whether they are more than one answer has. */
    public boolean areTooMany() {
        return length.multipliedBy(MOST).compareTo(Duration.between(from, to)) < 0;
    }

    private static Instant startOf(Instant moment, Duration length) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
    }
}
