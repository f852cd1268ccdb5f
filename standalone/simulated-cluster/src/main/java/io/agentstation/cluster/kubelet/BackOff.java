package io.agentstation.cluster.kubelet;

import java.time.Duration;

/** The kubelet's waits before it tries again: 10 s, doubled up to 5 minutes; here they may pass faster. */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** From here on it is the longest. */
    private static final int DOUBLINGS = 5;

    private final int speed;
    private int tries;
    private Duration told = Duration.ZERO;

    /** @param speed how many times faster the waits pass than they are told */
    BackOff(int speed) {
        this.speed = speed;
    }

    /** How long to wait now. */
    Duration next() {
        Duration wait = FIRST.multipliedBy(1L << Math.min(tries, DOUBLINGS));
        tries++;
        told = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return told.dividedBy(speed);
    }

    /** The last wait as the kubelet words it: the time that a real one waits. */
    String told() {
        // As Go prints a Duration.
        long seconds = told.toSeconds();
        return (seconds >= 60 ? seconds / 60 + "m" : "") + seconds % 60 + "s";
    }
}
