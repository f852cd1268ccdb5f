package io.agentstation.store.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Spares callers a wait whose end is known. It opens when a request has waited for its whole time-out and no other was
 * answered meanwhile: one that is slow among others that are answered says nothing of Cassandra. While it is open all are
 * refused at once but one each second, which tries; the first answer, whosever, closes it. Thread-safe.
 *
 * @see <a href="https://martinfowler.com/bliki/CircuitBreaker.html">Circuit breaker</a>
 */
final class Breaker {

    static final Duration TRY_EVERY = Duration.ofSeconds(1);

    private static final long CLOSED = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final long epoch;
    private final AtomicLong nextTry = new AtomicLong(CLOSED);
    private volatile long answeredAt;

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.epoch = nanoTime.getAsLong();
        this.answeredAt = -1;
    }

    private long now() {
        return nanoTime.getAsLong() - epoch;
    }

    /**
     * Begins a request.
     *
     * @return when it began, for {@link #unanswered}
     * @throws StoreUnavailable while it is open
     */
    long begin() {
        long now = now();
        long due = nextTry.get();
        boolean tries = due != CLOSED && now >= due && nextTry.compareAndSet(due, now + TRY_EVERY.toNanos());
        if (due != CLOSED && !tries) {
            throw new StoreUnavailable(
                    "Cassandra did not answer a moment ago and is tried again within a second",
                    new IllegalStateException("the breaker is open"));
        }
        return now;
    }

    /** Whether it is open. */
    boolean isOpen() {
        return nextTry.get() != CLOSED;
    }

    /** A request was answered, with rows or with a refusal. */
    void answered() {
        answeredAt = now();
        // Read first: this is every request's way, and the breaker is nearly always closed.
        if (nextTry.get() != CLOSED) {
            nextTry.set(CLOSED);
        }
    }

    /** A request that began then was not answered. */
    void unanswered(long began) {
        if (answeredAt < began) {
            nextTry.compareAndSet(CLOSED, now() + TRY_EVERY.toNanos());
        }
    }
}
