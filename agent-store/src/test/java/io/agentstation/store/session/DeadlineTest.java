package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration WHOLE = Duration.ofMillis(1_800);
    private static final SimpleStatement ANY =
            SimpleStatement.newInstance("SELECT * FROM agents").setTimeout(WHOLE);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Deadline deadline = Deadline.in(WHOLE, clock::get);
    private final List<Duration> asked = new ArrayList<>();
    private final Breaker breaker = new Breaker(clock::get);
    private final Store store = new Store(session(), Retention.defaults(), breaker);

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Notes what time it is given, and never answers. */
    private CqlSession session() {
        return (CqlSession) Proxy.newProxyInstance(
                DeadlineTest.class.getClassLoader(), new Class<?>[] {CqlSession.class}, (self, method, arguments) -> {
                    Duration timeout = ((Statement<?>) arguments[0]).getTimeout();
                    asked.add(timeout == null ? Duration.ZERO : timeout);
                    throw new DriverTimeoutException("no answer");
                });
    }

    private void execute() {
        assertThatThrownBy(() -> store.execute(ANY)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void eachStatementHasWhatTheOnesBeforeHaveLeft() {
        try (Deadline.Scope request = deadline.enter()) {
            execute();
            later(Duration.ofSeconds(1));
            breaker.answered();
            execute();
        }

        assertThat(asked).containsExactly(WHOLE, Duration.ofMillis(800));
    }

    @Test
    void nothingIsAskedWhenNoTimeIsLeft() {
        try (Deadline.Scope request = deadline.enter()) {
            later(WHOLE);

            execute();
            assertThat(store.executeAsync(ANY)).isCompletedExceptionally();
        }

        assertThat(asked).isEmpty();
    }

    @Test
    void whoHadLittleTimeSaysNothingOfCassandra() {
        try (Deadline.Scope request = deadline.enter()) {
            later(Duration.ofSeconds(1));
            execute();
            execute();
        }

        assertThat(asked).as("the breaker did not open").hasSize(2);
    }

    @Test
    void aThreadHasItUntilTheScopeEndsAndThenWhatItHadBefore() {
        try (Deadline.Scope outer = deadline.enter()) {
            try (Deadline.Scope inner = Deadline.never().enter()) {
                assertThat(Deadline.current().atMost(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
            }
            assertThat(Deadline.current()).isSameAs(deadline);
        }
        assertThat(Deadline.current()).isSameAs(Deadline.never());
    }

    @Test
    void whatFollowsOnAnotherThreadHasIt() throws InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<Deadline> follower =
                deadline.carry(answer).thenApply(value -> Deadline.current()).exceptionally(e -> Deadline.current());

        Thread driver = new Thread(() -> answer.complete("rows"));
        driver.start();
        driver.join();

        assertThat(follower).isCompletedWithValue(deadline);
    }

    @Test
    void soItHasWhenThereIsAFailureAndAsATask() throws InterruptedException {
        List<Deadline> seen = new ArrayList<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        var unused = deadline.carry(answer).whenComplete((value, failure) -> seen.add(Deadline.current()));
        Runnable task = deadline.carry(() -> seen.add(Deadline.current()));

        Thread driver = new Thread(() -> {
            answer.completeExceptionally(new IllegalStateException("lost"));
            task.run();
        });
        driver.start();
        driver.join();

        assertThat(seen).containsExactly(deadline, deadline);
    }

    @Test
    void aWaitThatTheClientHasAskedForDoesNotCount() {
        CompletableFuture<String> event = new CompletableFuture<>();
        CompletableFuture<Duration> left =
                deadline.carryUncounted(event).thenApply(told -> deadline.atMost(Duration.ofHours(1)));
        later(Duration.ofSeconds(30));

        event.complete("told");

        assertThat(left).isCompletedWithValue(WHOLE);
    }
}
