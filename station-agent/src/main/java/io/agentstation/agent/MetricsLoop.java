package io.agentstation.agent;

import io.agentstation.contracts.metrics.MetricsReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One agent's metrics, at a fixed interval, whatever happens to them: a report that fails is dropped, the next replaces
 * it. Shares nothing with the heartbeats but the scheduler, which it never blocks.
 */
final class MetricsLoop {

    private final Duration interval;
    private final StationApi api;
    private final ScheduledExecutorService scheduler;
    private final AgentWorkload workload;
    private final Consumer<String> log;
    private final Runnable gone;

    private boolean stopped;
    private boolean failing;
    private @Nullable CompletableFuture<StationAnswer> inFlight;
    private @Nullable Future<?> timer;

    MetricsLoop(
            AgentSettings settings,
            StationApi api,
            ScheduledExecutorService scheduler,
            AgentWorkload workload,
            Consumer<String> log,
            Runnable gone) {
        this.interval = settings.metricsInterval();
        this.api = api;
        this.scheduler = scheduler;
        this.workload = workload;
        this.log = log;
        this.gone = gone;
    }

    /** Reports now and at every interval from now on. */
    synchronized void report() {
        if (stopped) {
            return;
        }
        abandon();
        timer = scheduler.schedule(this::report, interval.toNanos(), TimeUnit.NANOSECONDS);
        if (!workload.ready().getAsBoolean()) {
            return;
        }
        CompletableFuture<StationAnswer> answer = api.metrics(measure());
        inFlight = answer;
        var unused = answer.whenComplete((told, failure) -> settle(answer, told, failure));
    }

    /** Ends the loop; a report in flight is abandoned. */
    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        abandon();
    }

    private MetricsReport measure() {
        ResourceUsage usage = workload.usage();
        return new MetricsReport(
                usage.cpuPercent(), usage.memoryMb(), workload.requestsHandled().getAsLong(), Map.of());
    }

    private synchronized void settle(
            CompletableFuture<StationAnswer> call, @Nullable StationAnswer answer, @Nullable Throwable failure) {
        if (stopped || inFlight != call) {
            return;
        }
        inFlight = null;
        if (answer != null && answer.verdict() == StationAnswer.Verdict.GONE) {
            stop();
            gone.run();
            return;
        }
        boolean failed = answer == null || answer.verdict() != StationAnswer.Verdict.ACKNOWLEDGED;
        if (failed && !failing) {
            String why = answer == null ? Failures.describe(failure) : answer.describe();
            log.accept("metrics not accepted, dropped: " + why);
        } else if (!failed && failing) {
            log.accept("metrics accepted again");
        }
        failing = failed;
    }

    private void abandon() {
        if (inFlight != null) {
            CompletableFuture<StationAnswer> answer = inFlight;
            inFlight = null;
            answer.cancel(true);
        }
    }
}
