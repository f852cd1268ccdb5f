package io.agentstation.standalone.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How often a child may be started again: a few times within a while, each time after a longer pause. Not thread-safe. */
final class RestartBudget {

    /** Starts allowed within {@link #WITHIN}. */
    static final int MOST = 3;

    static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Duration firstPause;
    private final Deque<Long> spent = new ArrayDeque<>();

    RestartBudget(LongSupplier nanoTime) {
        this(nanoTime, FIRST_PAUSE);
    }

    RestartBudget(LongSupplier nanoTime, Duration firstPause) {
        this.nanoTime = nanoTime;
        this.firstPause = firstPause;
    }

    /** Takes one start and says how long to wait before it: 1 s, 2 s, 4 s; empty when there is none left. */
    Optional<Duration> take() {
        long now = nanoTime.getAsLong();
        while (!spent.isEmpty() && now - spent.getFirst() >= WITHIN.toNanos()) {
            spent.removeFirst();
        }
        if (spent.size() >= MOST) {
            return Optional.empty();
        }
        Duration pause = firstPause.multipliedBy(1L << spent.size());
        spent.addLast(now);
        return Optional.of(pause);
    }
}
