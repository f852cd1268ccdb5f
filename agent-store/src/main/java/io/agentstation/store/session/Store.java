package io.agentstation.store.session;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The session through which every table speaks. Thread-safe; closes the session that it was given.
 *
 * <p>All that can pass by itself becomes {@link StoreUnavailable}; anything else (a statement that Cassandra refuses) is a
 * defect and keeps the driver's exception.
 */
public final class Store implements AutoCloseable {

    private static final int CAS_ATTEMPTS = 3;

    private final CqlSession session;
    private final Retention retention;
    private final @Nullable Breaker breaker;

    /** A store that keeps telemetry for the default times. */
    public Store(CqlSession session) {
        this(session, Retention.defaults());
    }

    /** A store that keeps telemetry for these times. */
    public Store(CqlSession session, Retention retention) {
        this(session, retention, null);
    }

    Store(CqlSession session, Retention retention, @Nullable Breaker breaker) {
        this.session = session;
        this.retention = retention;
        this.breaker = breaker;
    }

    /** How long the tables keep telemetry. */
    public Retention retention() {
        return retention;
    }

    /** Prepares a statement, once, at construction of a table; waits for a Cassandra that is slow to do so. */
    public PreparedStatement prepare(String cql) {
        try {
            return Preparation.of(session, cql, System::nanoTime);
        } catch (DriverException e) {
            throw translate(e);
        }
    }

    /** Executes and waits, no longer than until the thread's {@link Deadline}. */
    public ResultSet execute(Statement<?> statement) {
        Attempt attempt = begin(statement);
        try {
            ResultSet rows = session.execute(attempt.statement);
            note(attempt, null);
            return rows;
        } catch (DriverException e) {
            note(attempt, e);
            throw translate(e);
        }
    }

    /** Whether requests are refused at once, since Cassandra answered nobody a moment ago. */
    public boolean isRefusing() {
        return breaker != null && breaker.isOpen();
    }

    /**
     * A statement that is about to be sent.
     *
     * @param isPatient whether it waits for about as long as any; that one which had little time left was not answered says
     *     nothing of Cassandra
     */
    private record Attempt(Statement<?> statement, long began, boolean isPatient) {}

    private Attempt begin(Statement<?> statement) {
        Deadline deadline = Deadline.current();
        if (deadline.isNever()) {
            return new Attempt(statement, breaker == null ? 0 : breaker.begin(), true);
        }
        Duration whole = statement.getTimeout() == null ? requestTimeout() : statement.getTimeout();
        Duration left = left(deadline, whole);
        return new Attempt(
                statement.setTimeout(left),
                breaker == null ? 0 : breaker.begin(),
                left.multipliedBy(2).compareTo(whole) >= 0);
    }

    private static Duration left(Deadline deadline, Duration most) {
        Duration left = deadline.atMost(most);
        if (left.isZero()) {
            throw new StoreUnavailable(
                    "Cassandra: the time of the request is over, so that it was not asked",
                    new IllegalStateException("the deadline has passed"));
        }
        return left;
    }

    private static void requireTime() {
        Duration unused = left(Deadline.current(), Duration.ofNanos(1));
    }

    private Duration requestTimeout() {
        return session.getContext().getConfig().getDefaultProfile().getDuration(DefaultDriverOption.REQUEST_TIMEOUT);
    }

    /** What became of a request: a refusal is an answer too. */
    private void note(Attempt attempt, @Nullable Throwable failure) {
        if (breaker == null) {
            return;
        }
        long began = attempt.began;
        if (failure instanceof DriverTimeoutException && !attempt.isPatient) {
            return;
        }
        boolean unanswered = failure instanceof DriverTimeoutException
                || failure instanceof AllNodesFailedException
                || failure instanceof ClosedConnectionException
                || failure instanceof HeartbeatException;
        if (unanswered) {
            breaker.unanswered(began);
        } else {
            breaker.answered();
        }
    }

    /** Every row of a result, each page fetched when the iteration reaches it; failures as in {@link #execute}. */
    public <T> Iterable<T> rows(Statement<?> statement, Function<Row, T> mapper) {
        return () -> {
            ResultSet result = execute(statement);
            Iterator<Row> rows = result.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (result.getAvailableWithoutFetching() == 0 && !result.isFullyFetched()) {
                        requireTime();
                    }
                    try {
                        return rows.hasNext();
                    } catch (DriverException e) {
                        throw translate(e);
                    }
                }

                @Override
                public T next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("no further row");
                    }
                    return mapper.apply(rows.next());
                }
            };
        };
    }

    /**
     * Executes without waiting; a failed stage carries the same exceptions as {@link #execute}. What follows has the thread's
     * {@link Deadline}.
     */
    public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
        Attempt attempt;
        try {
            attempt = begin(statement);
        } catch (StoreUnavailable e) {
            return CompletableFuture.failedStage(e);
        }
        return Deadline.current()
                .carry(translated(session.executeAsync(attempt.statement)
                        .whenComplete((rows, failure) -> note(attempt, failure == null ? null : unwrapped(failure)))));
    }

    /** The page after this one, which must have more; as {@link #executeAsync}. */
    public CompletionStage<AsyncResultSet> nextPage(AsyncResultSet rows) {
        Deadline deadline = Deadline.current();
        if (deadline.isNever()) {
            return translated(rows.fetchNextPage());
        }
        try {
            Duration left = left(deadline, requestTimeout());
            return deadline.carry(
                    translated(rows.fetchNextPage().toCompletableFuture().orTimeout(left.toNanos(), NANOSECONDS)));
        } catch (StoreUnavailable e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static CompletionStage<AsyncResultSet> translated(CompletionStage<AsyncResultSet> answer) {
        return answer.exceptionally(failure -> {
            Throwable cause = unwrapped(failure);
            throw new CompletionException(
                    cause instanceof DriverException e
                            ? translate(e)
                            : cause instanceof TimeoutException
                                    ? new StoreUnavailable("Cassandra: the time of the request is over", cause)
                                    : cause);
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Reads what a conditional write left, with every write in flight decided first. */
    public ResultSet executeSerial(Statement<?> statement) {
        return execute(statement.setConsistencyLevel(ConsistencyLevel.SERIAL));
    }

    /**
     * Executes a conditional write until it is known whether it holds.
     *
     * <p>A conditional write whose answer was lost may have been done. {@code holds} then reads at SERIAL whether the
     * wanted values are there; when not, the write is tried again.
     *
     * @return whether the condition was met, now or by an attempt whose answer was lost
     * @throws StoreUnavailable when that stays unknown
     */
    public boolean compareAndSet(Statement<?> conditional, BooleanSupplier holds) {
        boolean answerLost = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return (answerLost && holds.getAsBoolean())
                        || execute(conditional).wasApplied()
                        || (answerLost && holds.getAsBoolean());
            } catch (StoreUnavailable e) {
                if (attempt == CAS_ATTEMPTS) {
                    throw e;
                }
                answerLost = true;
            }
        }
    }

    private static RuntimeException translate(DriverException failure) {
        boolean passing = failure instanceof DriverTimeoutException
                || failure instanceof QueryExecutionException
                || failure instanceof AllNodesFailedException
                || failure instanceof ClosedConnectionException
                || failure instanceof HeartbeatException
                || failure instanceof NodeUnavailableException
                || failure instanceof RequestThrottlingException
                // A node that is going down answers so; the driver itself retries only what is idempotent.
                || failure instanceof ServerError;
        return passing ? new StoreUnavailable("Cassandra: " + failure.getMessage(), failure) : failure;
    }

    /** Whether a request can be answered now, within this time; sends one, whatever became of others. */
    public boolean isReachable(Duration within) {
        // Which the driver would take for: however long it takes.
        if (within.isZero()) {
            return false;
        }
        try {
            session.execute(SimpleStatement.newInstance("SELECT key FROM system.local")
                    .setTimeout(within)
                    .setIdempotent(true));
            if (breaker != null) {
                breaker.answered();
            }
            return true;
        } catch (DriverException e) {
            return false;
        }
    }

    CqlSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
