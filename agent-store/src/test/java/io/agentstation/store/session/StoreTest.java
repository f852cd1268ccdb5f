package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreTest {

    private static final SimpleStatement ANY = SimpleStatement.newInstance("SELECT * FROM agents");

    static Stream<DriverException> passingFailures() {
        return Stream.of(
                new DriverTimeoutException("no answer in 2 s"),
                new NoNodeAvailableException(),
                new ClosedConnectionException("gone"),
                new RequestThrottlingException("too many"),
                new OverloadedException(proxy(Node.class, new IllegalStateException())),
                new ServerError(proxy(Node.class, new IllegalStateException()), "shutting down"));
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void whatCanPassByItselfIsAnOutage(DriverException failure) {
        Store store = new Store(proxy(CqlSession.class, failure));

        assertThatThrownBy(() -> store.execute(ANY))
                .isInstanceOf(StoreUnavailable.class)
                .hasCause(failure);
        assertThat(store.executeAsync(ANY))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreUnavailable.class)
                .withCause(failure);
        assertThat(store.isReachable(Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void aRefusedStatementStaysADefect() {
        InvalidQueryException refused =
                new InvalidQueryException(proxy(Node.class, new IllegalStateException()), "no such table");
        Store store = new Store(proxy(CqlSession.class, refused));

        assertThatThrownBy(() -> store.execute(ANY)).isSameAs(refused);
        assertThat(store.executeAsync(ANY))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCause(refused);
    }

    /** Fails every call, in the way of its kind. */
    private static <T> T proxy(Class<T> type, RuntimeException failure) {
        return type.cast(Proxy.newProxyInstance(
                StoreTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("executeAsync")) {
                        return CompletableFuture.failedStage(failure);
                    }
                    if (method.getName().equals("toString")) {
                        return type.getSimpleName();
                    }
                    throw failure;
                }));
    }
}
