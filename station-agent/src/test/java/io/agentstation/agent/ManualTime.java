package io.agentstation.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock and the scheduler that follows it: nothing happens until the test lets time pass. */
final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(timer -> timer.due));
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    /** Lets time pass, running each timer at its instant. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (!timers.isEmpty() && !timers.element().due.isAfter(end)) {
            Timer timer = timers.remove();
            now = timer.due.isAfter(now) ? timer.due : now;
            timer.run();
        }
        now = end;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    int armed() {
        timers.removeIf(FutureTask::isDone);
        return timers.size();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(task, now.plus(delay, unit.toChronoUnit()));
        timers.add(timer);
        return timer;
    }

    private final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final Instant due;

        private Timer(Runnable task, Instant due) {
            super(task, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the loops schedule runnables once");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("the loops schedule runnables once");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the loops schedule runnables once");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        timers.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        timers.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
