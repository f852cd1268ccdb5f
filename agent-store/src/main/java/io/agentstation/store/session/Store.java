package io.agentstation.store.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
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

    /** Prepares a statement, once, at construction of a table. */
    public PreparedStatement prepare(String cql) {
        try {
            return session.prepare(cql);
        } catch (DriverException e) {
            throw translate(e);
        }
    }

    /** Executes and waits. */
    public ResultSet execute(Statement<?> statement) {
        long began = begin();
        try {
            ResultSet rows = session.execute(statement);
            note(began, null);
            return rows;
        } catch (DriverException e) {
            note(began, e);
            throw translate(e);
        }
    }

    /** Whether requests are refused at once, since Cassandra answered nobody a moment ago. */
    public boolean isRefusing() {
        return breaker != null && breaker.isOpen();
    }

    private long begin() {
        return breaker == null ? 0 : breaker.begin();
    }

    /** What became of a request that began then: a refusal is an answer too. */
    private void note(long began, @Nullable Throwable failure) {
        if (breaker == null) {
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
            Iterator<Row> rows = execute(statement).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
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

    /** Executes without waiting; a failed stage carries the same exceptions as {@link #execute}. */
    public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
        long began;
        try {
            began = begin();
        } catch (StoreUnavailable e) {
            return CompletableFuture.failedStage(e);
        }
        return translated(session.executeAsync(statement)
                .whenComplete((rows, failure) -> note(began, failure == null ? null : unwrapped(failure))));
    }

    /** The page after this one, which must have more; a failed stage carries the same exceptions as {@link #execute}. */
    public CompletionStage<AsyncResultSet> nextPage(AsyncResultSet rows) {
        return translated(rows.fetchNextPage());
    }

    private static CompletionStage<AsyncResultSet> translated(CompletionStage<AsyncResultSet> answer) {
        return answer.exceptionally(failure -> {
            Throwable cause = unwrapped(failure);
            throw new CompletionException(cause instanceof DriverException e ? translate(e) : cause);
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
        try {
            session.execute(SimpleStatement.newInstance("SELECT key FROM system.local")
                    .setTimeout(within)
                    .setIdempotent(true));
            note(Long.MAX_VALUE, null);
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
