package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * How many attempts go to one endpoint at a time, and what its last answer said of it. What is meant for one that does not
 * answer well and promptly is stored first, so that whoever reads the log never waits for it; one that fails, or is silent,
 * gets fewer attempts at a time.
 */
final class EndpointGate {

    private static final int DOUBTFUL = 2;
    // More than one batch of events.
    private static final int CROWD = 2_048;
    private static final int SLOW_IN_A_ROW = 5;

    private enum Standing {
        PROMPT,
        SLOW,
        SILENT,
        FAILING
    }

    /** How many attempts were delivered, and how many failed, since this process sends to the endpoint. */
    record Tally(long delivered, long failed) {}

    private final int concurrency;
    private final Duration promptly;
    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inFlight;
    private Standing standing = Standing.PROMPT;
    private int slowInARow;
    private long deliveredNanos = System.nanoTime();
    private Tally tally = new Tally(0, 0);
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
        return standing == Standing.PROMPT && waiting.size() < CROWD && !now.isBefore(holdUntil);
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

    /** How many attempts are under way or wait for their turn. */
    synchronized int load() {
        return inFlight + waiting.size();
    }

    synchronized Tally tally() {
        return tally;
    }

    /** Notes that an attempt has not been answered promptly; when no other was either, the endpoint is silent. */
    synchronized void silent() {
        boolean hasAnswered = System.nanoTime() - deliveredNanos < promptly.toNanos();
        if (standing == Standing.PROMPT && !hasAnswered) {
            standing = Standing.SILENT;
        }
    }

    /** Notes the end of an attempt; true when the endpoint answers again after a failure. */
    synchronized boolean ended(boolean delivered, Duration latency) {
        boolean again = delivered && standing == Standing.FAILING;
        slowInARow = latency.compareTo(promptly) <= 0 ? 0 : slowInARow + 1;
        standing = delivered ? delivering() : Standing.FAILING;
        tally = new Tally(tally.delivered() + (delivered ? 1 : 0), tally.failed() + (delivered ? 0 : 1));
        left();
        return again;
    }

    // One slow answer of many says nothing; one to the only question does.
    private Standing delivering() {
        deliveredNanos = System.nanoTime();
        boolean slow = slowInARow >= SLOW_IN_A_ROW || (slowInARow > 0 && inFlight == 1);
        return slow ? Standing.SLOW : Standing.PROMPT;
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
        boolean doubtful = standing == Standing.FAILING || standing == Standing.SILENT;
        return doubtful ? Math.min(concurrency, DOUBTFUL) : concurrency;
    }
}
