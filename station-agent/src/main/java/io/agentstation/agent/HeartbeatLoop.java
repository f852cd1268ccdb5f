package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.Heartbeat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One agent's heartbeats: at most one attempt at a time, each with its own time-out, retried until acknowledged.
 *
 * <p>Holds either one attempt in flight or one timer, never a thread. All its methods may be called from any thread.
 */
final class HeartbeatLoop {

    /** How soon after it works again that for which this loop speaks is heard. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final AgentSettings settings;
    private final StationApi api;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final BooleanSupplier ready;
    private final Uptime uptime;
    private final HeartbeatPacing pacing;
    private final HeartbeatJournal journal;
    private final Runnable gone;

    private Instant heard;
    private @Nullable Instant first;
    private boolean stopped;
    private int refusals;
    private boolean silent;
    private @Nullable Attempt inFlight;
    private @Nullable Future<?> timer;

    HeartbeatLoop(
            AgentSettings settings,
            StationApi api,
            AgentRuntime runtime,
            BooleanSupplier ready,
            HeartbeatJournal journal,
            Runnable gone) {
        this.settings = settings;
        this.api = api;
        this.scheduler = runtime.scheduler();
        this.clock = runtime.clock();
        this.ready = ready;
        this.uptime = new Uptime(clock);
        this.pacing = new HeartbeatPacing(settings, runtime.random());
        this.journal = journal;
        this.gone = gone;
        this.heard = clock.instant();
    }

    private record Attempt(Instant start, Duration longestGap, CompletableFuture<StationAnswer> answer) {}

    /** Sends the next heartbeat now, unless there is nothing alive to speak for. */
    synchronized void beat() {
        if (stopped) {
            return;
        }
        if (ready.getAsBoolean()) {
            speak();
        } else {
            fallSilent();
        }
    }

    private void fallSilent() {
        silent = true;
        first = null;
        journal.silent();
        arm(LOOK_AGAIN, this::beat);
    }

    private void speak() {
        if (silent) {
            silent = false;
            uptime.restart();
            journal.speaks();
        }
        Instant now = clock.instant();
        Instant began = first == null ? now : first;
        first = began;
        Duration longestGap = pacing.longestGap(Duration.between(began, now), Duration.between(heard, now));
        Attempt attempt = new Attempt(now, longestGap, api.heartbeat(new Heartbeat(settings.mode(), uptime.seconds())));
        inFlight = attempt;
        // The JDK client's own time-out ends with the response's head; a body that never comes would hang for ever.
        Duration timeout = pacing.timeout(longestGap);
        arm(timeout, () -> expire(attempt, timeout));
        var unused = attempt.answer().whenComplete((answer, failure) -> settle(attempt, answer, failure));
    }

    /** Ends the loop; an attempt in flight is abandoned. */
    synchronized void stop() {
        stopped = true;
        disarm();
        abandon();
    }

    private synchronized void expire(Attempt attempt, Duration timeout) {
        if (attempt.equals(inFlight)) {
            abandon();
            retry(attempt, "no answer within " + timeout.toMillis() + " ms");
        }
    }

    private synchronized void settle(Attempt attempt, @Nullable StationAnswer answer, @Nullable Throwable failure) {
        if (stopped || !attempt.equals(inFlight)) {
            return;
        }
        inFlight = null;
        disarm();
        if (answer == null) {
            retry(attempt, Failures.describe(failure));
        } else {
            follow(attempt, answer);
        }
    }

    private void follow(Attempt attempt, StationAnswer answer) {
        switch (answer.verdict()) {
            case ACKNOWLEDGED -> acknowledged(attempt, answer);
            case GONE -> {
                stop();
                gone.run();
            }
            case THROTTLED -> throttled(attempt, answer);
            case REFUSED -> refused(attempt, answer);
            case UNACKNOWLEDGED -> retry(attempt, answer.describe());
        }
    }

    private void acknowledged(Attempt attempt, StationAnswer answer) {
        refusals = 0;
        heard = attempt.start();
        first = null;
        journal.acknowledged(answer);
        arm(pacing.untilNext(since(attempt)), this::beat);
    }

    private void refused(Attempt attempt, StationAnswer answer) {
        refusals++;
        first = null;
        journal.refused(answer);
        arm(pacing.untilAskedAgain(refusals, since(attempt)), this::beat);
    }

    private void throttled(Attempt attempt, StationAnswer answer) {
        refusals++;
        first = null;
        journal.refused(answer);
        arm(
                answer.retryAfter()
                        .map(pacing::untilAllowed)
                        .orElseGet(() -> pacing.untilAskedAgain(refusals, since(attempt))),
                this::beat);
    }

    private void retry(Attempt attempt, String why) {
        refusals = 0;
        journal.unacknowledged(why);
        arm(pacing.untilRetry(attempt.longestGap(), since(attempt)), this::beat);
    }

    private Duration since(Attempt attempt) {
        return Duration.between(attempt.start(), clock.instant());
    }

    private void arm(Duration delay, Runnable task) {
        if (!stopped) {
            timer = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void abandon() {
        if (inFlight != null) {
            CompletableFuture<StationAnswer> answer = inFlight.answer();
            inFlight = null;
            answer.cancel(true);
        }
    }
}
