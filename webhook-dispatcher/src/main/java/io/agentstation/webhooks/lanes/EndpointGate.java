package io.agentstation.webhooks.lanes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * How many attempts go to one endpoint at a time, and what its last answer said of it. What is meant for one that does not
 * answer well and promptly is stored first, so that whoever reads the log never waits for it; one that fails, or is silent,
 * gets fewer attempts at a time; one that has failed many times in a row is left alone for a second after each, and
 * for ten in the end, so that thousands of messages for an endpoint that refuses at once are not thousands of attempts a second.
 */
final class EndpointGate {

    private static final int DOUBTFUL = 2;
    /** With so many waiting, whatever comes is stored first; more than all readers take at a time. */
    static final int CROWD = 2_048;

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
    private final BiConsumer<Runnable, Duration> later;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inFlight;
    private Standing standing = Standing.PROMPT;
    private int slowInARow;
    private long deliveredNanos = System.nanoTime();
    private final EndpointPace pace = new EndpointPace();
    private Tally tally = new Tally(0, 0);
    private Instant holdUntil = Instant.MIN;

    /**
     * A gate.
     *
     * @param promptly an answer that takes longer is one to wait for no more
     * @param executor runs what had to wait
     * @param later    runs it after so long
     */
    EndpointGate(int concurrency, Duration promptly, Executor executor, BiConsumer<Runnable, Duration> later) {
        this.concurrency = concurrency;
        this.promptly = promptly;
        this.executor = executor;
        this.later = later;
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

    /** Runs an attempt now, or when one before it has ended; whoever runs calls {@link #failed} or {@link #left} in the end. */
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

    /**
     * Whether as many wait already as will begin soon, by how long the last attempt took: then another lane may as well be looked
     * at later, before anything of it is read. To one that answers nobody hardly any begin.
     */
    synchronized boolean isCrowded() {
        return waiting.size() >= Math.min(CROWD, pace.soon(limit()));
    }

    /** How long it takes, at most ten seconds, until about half of those that wait have begun. */
    synchronized Duration untilThinner() {
        return pace.timeFor(waiting.size() / 2, limit());
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
            pace.unansweredFor(promptly);
        }
    }

    /**
     * Notes a delivery. Its place is kept until {@link #left}, when it is stored that the message was delivered: after a kill no
     * more messages are sent twice than attempts go to an endpoint at a time.
     *
     * @return whether the endpoint answers again after a failure
     */
    synchronized boolean delivered(Duration latency) {
        boolean again = standing == Standing.FAILING;
        timed(latency);
        deliveredNanos = System.nanoTime();
        // One slow answer of many says nothing; one to the only question does.
        boolean slow = slowInARow >= SLOW_IN_A_ROW || (slowInARow > 0 && inFlight == 1);
        standing = slow ? Standing.SLOW : Standing.PROMPT;
        tally = new Tally(tally.delivered() + 1, tally.failed());
        pace.delivered(latency);
        return again;
    }

    /** Notes a failure; its place is free after the endpoint's rest. */
    synchronized void failed(Duration latency) {
        timed(latency);
        standing = Standing.FAILING;
        tally = new Tally(tally.delivered(), tally.failed() + 1);
        pace.failed(latency).ifPresentOrElse(rest -> later.accept(this::left, rest), this::left);
    }

    private void timed(Duration latency) {
        slowInARow = latency.compareTo(promptly) <= 0 ? 0 : slowInARow + 1;
    }

    /** Frees the place of an attempt that was noted, or was not made after all. */
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
