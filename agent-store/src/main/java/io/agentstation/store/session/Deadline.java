package io.agentstation.store.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when whoever waits for a request has to be answered: one moment that all steps of the request share, however many they
 * are. A thread that works on the request has {@link #enter entered} it; {@link Store} gives each statement what is left of
 * it, and what follows a statement's answer on another thread has it too. Thread-safe.
 *
 * @see <a href="https://grpc.io/docs/guides/deadlines/">Deadlines of gRPC</a>
 */
public final class Deadline {

    private static final Deadline NEVER = new Deadline(System::nanoTime, 0);
    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final AtomicLong due;

    private Deadline(LongSupplier nanoTime, long due) {
        this.nanoTime = nanoTime;
        this.due = new AtomicLong(due);
    }

    /** One that is due after this time, by this clock. */
    public static Deadline in(Duration within, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + within.toNanos());
    }

    /** One that is never due, for work that nobody waits for. */
    public static Deadline never() {
        return NEVER;
    }

    /** The one that this thread has entered; {@link #never} when there is none. */
    public static Deadline current() {
        Deadline entered = CURRENT.get();
        return entered == null ? NEVER : entered;
    }

    /** What ends when it is closed, on the thread that began it. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Makes it this thread's until the scope is closed; the thread then has the one that it had before. */
    public Scope enter() {
        Deadline before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    boolean isNever() {
        return this == NEVER;
    }

    /** The time-out, or what is left when that is less; zero when nothing is. */
    public Duration atMost(Duration timeout) {
        if (isNever()) {
            return timeout;
        }
        Duration left = Duration.ofNanos(Math.max(0, due.get() - nanoTime.getAsLong()));
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    /** Puts it off: whoever waits was himself waited for during this time, or has asked to wait. */
    public void extend(Duration spent) {
        if (!isNever()) {
            due.addAndGet(spent.toNanos());
        }
    }

    /** The same outcome, for whose followers it holds, on whatever thread they run. */
    public <T> CompletableFuture<T> carry(CompletionStage<T> stage) {
        return isNever() ? stage.toCompletableFuture() : carry(stage, () -> {});
    }

    /** As {@link #carry}; the time until the outcome does not count. */
    public <T> CompletableFuture<T> carryUncounted(CompletionStage<T> stage) {
        long began = nanoTime.getAsLong();
        return isNever()
                ? stage.toCompletableFuture()
                : carry(stage, () -> extend(Duration.ofNanos(nanoTime.getAsLong() - began)));
    }

    private <T> CompletableFuture<T> carry(CompletionStage<T> stage, Runnable first) {
        CompletableFuture<T> carried = new CompletableFuture<>();
        var unused = stage.whenComplete((value, failure) -> {
            first.run();
            try (Scope followers = enter()) {
                if (failure == null) {
                    carried.complete(value);
                } else {
                    carried.completeExceptionally(failure);
                }
            }
        });
        return carried;
    }

    /** The task, which has it on whatever thread it runs. */
    public Runnable carry(Runnable task) {
        return () -> {
            try (Scope own = enter()) {
                task.run();
            }
        };
    }
}
