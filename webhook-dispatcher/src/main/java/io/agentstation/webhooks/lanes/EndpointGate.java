package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * How many attempts go to one endpoint at a time, and what its last answer said of it. One whose last attempt failed, or took
 * long, is not trusted: it gets fewer attempts at a time, and what is meant for it is stored first, so that whoever reads the
 * log never waits for it.
 */
final class EndpointGate {

    private static final int UNTRUSTED = 2;
    private static final int CROWD = 256;

    private final int concurrency;
    private final Duration promptly;
    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean trusted = true;
    private Instant holdUntil = Instant.MIN;

    /**
     * A gate.
     *
     * @param promptly an answer that takes longer is one to wait for no more
     * @param executor runs what had to wait
     */
    EndpointGate(int concurrency, Duration promptly, Executor executor) {
        this.concurrency = concurrency;
        this.promptly = promptly;
        this.executor = executor;
    }

    /** Whether what is new may be tried before it is stored; not when as much waits as memory should hold. */
    synchronized boolean isTrusted(Instant now) {
        return trusted && waiting.size() < CROWD && !now.isBefore(holdUntil);
    }

    /** Until when the receiver asked to be left alone; long ago when it did not. */
    synchronized Instant holdUntil() {
        return holdUntil;
    }

    /** Asks for a pause. */
    synchronized void hold(Instant until) {
        if (until.isAfter(holdUntil)) {
            holdUntil = until;
        }
    }

    /** Runs an attempt now, or when one before it has ended; whoever runs calls {@link #ended}. */
    void enter(Runnable attempt) {
        synchronized (this) {
            if (inFlight >= limit()) {
                waiting.add(attempt);
                return;
            }
            inFlight++;
        }
        attempt.run();
    }

    /** Whether so many wait already that another lane may as well be looked at later. */
    synchronized boolean isCrowded() {
        return waiting.size() >= CROWD;
    }

    /** Notes the end of an attempt. */
    synchronized void ended(boolean delivered, Duration latency) {
        trusted = delivered && latency.compareTo(promptly) <= 0;
        left();
    }

    /** Notes that an attempt was not made after all. */
    synchronized void left() {
        inFlight--;
        while (inFlight < limit() && !waiting.isEmpty()) {
            inFlight++;
            executor.execute(waiting.remove());
        }
    }

    private int limit() {
        return trusted ? concurrency : Math.min(concurrency, UNTRUSTED);
    }
}
