package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One agent that keeps the agent contract until it dies, and writes down what it did.
 *
 * <p>Its waits are a little shorter than the contract allows, so that a timer which fires late does not break it.
 */
final class FleetAgent {

    /** Sends one heartbeat to one of the gateways. */
    interface Door {

        CompletableFuture<HttpResponse<Void>> knock(FleetAgent agent, int attempt);
    }

    private static final double EARLIEST = 0.90;
    private static final double LATEST = 0.99;
    private static final double TIMEOUT = 0.90;

    final AgentId id;
    final HeartbeatMode mode;
    final AgentJournal journal;
    private final Door door;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final long intervalMs;
    private int gateway;
    private boolean dead;
    private @Nullable CompletableFuture<HttpResponse<Void>> inFlight;
    private @Nullable Future<?> timer;

    FleetAgent(AgentId id, HeartbeatMode mode, Door door, ScheduledExecutorService scheduler, RandomGenerator random) {
        this.id = id;
        this.mode = mode;
        this.door = door;
        this.scheduler = scheduler;
        this.random = random;
        this.intervalMs = mode.interval().toMillis();
        this.journal = new AgentJournal(mode);
        this.gateway = random.nextInt(2);
    }

    /** Begins after this time. */
    synchronized void start(long delayMs) {
        arm(delayMs, this::attempt);
    }

    /** Ends as a killed process does: nothing more is sent, what is on its way may still arrive. */
    synchronized void die() {
        if (!dead) {
            dead = true;
            journal.died();
            abandon();
        }
    }

    private synchronized void attempt() {
        if (dead) {
            return;
        }
        int number = journal.attempted();
        CompletableFuture<HttpResponse<Void>> answer = door.knock(this, gateway);
        inFlight = answer;
        arm((long) (journal.retryGapMs() * TIMEOUT), () -> expire(number));
        var unused = answer.whenComplete((response, failure) -> settle(number, response));
    }

    private synchronized void expire(int number) {
        if (isOpen(number)) {
            abandon();
            retry();
        }
    }

    private synchronized void settle(int number, @Nullable HttpResponse<Void> response) {
        if (!isOpen(number)) {
            return;
        }
        inFlight = null;
        if (response != null && response.statusCode() == 200) {
            // The first wait spreads the fleet over the whole interval.
            double earliest = journal.acknowledged() == 1 ? 0 : EARLIEST;
            armSinceAttempt(intervalMs * random.nextDouble(earliest, LATEST));
        } else {
            retry();
        }
    }

    private boolean isOpen(int number) {
        return !dead && inFlight != null && number == journal.attempts();
    }

    /** Full jitter, by another gateway. */
    private void retry() {
        gateway++;
        armSinceAttempt(journal.retryGapMs() * random.nextDouble(0, TIMEOUT));
    }

    private void armSinceAttempt(double waitMs) {
        arm(Math.max(0, (long) waitMs - journal.sinceAttemptMs()), this::attempt);
    }

    private void arm(long delayMs, Runnable task) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = scheduler.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private void abandon() {
        if (timer != null) {
            timer.cancel(false);
        }
        CompletableFuture<HttpResponse<Void>> answer = inFlight;
        inFlight = null;
        if (answer != null) {
            answer.cancel(true);
        }
    }
}
