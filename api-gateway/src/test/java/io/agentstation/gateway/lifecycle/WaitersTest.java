package io.agentstation.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.gateway.lifecycle.Waiters.Waiter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WaitersTest {

    private static final AgentId AGENT = new AgentId(new UUID(1, 2));
    private static final AgentId OTHER = new AgentId(new UUID(3, 4));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Waiters waiters = new Waiters();

    private static LifecycleEvent terminated(AgentId agent) {
        return Events.event(agent, 5, EventType.TERMINATED, AgentState.TERMINATED, Map.of());
    }

    @Test
    void theFirstWantedEventOfTheAgentEndsTheWait() {
        // Given
        Waiter waiter = waiters.register(AGENT, event -> event.toState().isTerminal());
        CompletableFuture<Optional<LifecycleEvent>> event = waiter.within(LONG);

        // When
        waiters.tell(Events.event(AGENT, 4, EventType.DRAINING, AgentState.DRAINING, Map.of()));
        waiters.tell(terminated(OTHER));
        assertThat(event).isNotDone();
        waiters.tell(terminated(AGENT));

        // Then
        assertThat(event).isCompletedWithValue(Optional.of(terminated(AGENT)));
    }

    @Test
    void anEventBeforeTheWaitIsNotMissed() {
        // Given
        Waiter waiter = waiters.register(AGENT, event -> true);

        // When
        waiters.tell(terminated(AGENT));

        // Then
        assertThat(waiter.within(Duration.ZERO)).isCompletedWithValue(Optional.of(terminated(AGENT)));
    }

    @Test
    void aWaitEndsInTimeAndLeavesNothingBehind() {
        // Given
        Waiter waiter = waiters.register(AGENT, event -> true);

        // When
        Optional<LifecycleEvent> event = waiter.within(Duration.ofMillis(1)).join();
        waiter.close();

        // Then
        assertThat(event).isEmpty();
        assertThat(waiters.count()).isZero();
    }

    @Test
    void nobodyWaitsForAGatewayThatStops() {
        // Given
        CompletableFuture<Optional<LifecycleEvent>> event =
                waiters.register(AGENT, any -> true).within(LONG);

        // When
        waiters.endAll();

        // Then
        assertThat(event).isCompletedWithValue(Optional.empty());
    }

    @Test
    void aRowIsReadUntilItHasCaughtUp() {
        // Given
        AtomicInteger reads = new AtomicInteger();
        CaughtUpRows rows = new CaughtUpRows(
                agent -> CompletableFuture.completedFuture(
                        Optional.of(Events.row(agent, reads.incrementAndGet(), AgentState.ACTIVE, null))),
                System::nanoTime);

        // When
        var row = rows.read(AGENT, 3).join();

        // Then
        assertThat(row.orElseThrow().sequence()).isEqualTo(3);
    }

    @Test
    void aRowThatDoesNotCatchUpIsReturnedAsItIs() {
        // Given a clock that jumps a second with each look
        AtomicLong nanoTime = new AtomicLong();
        CaughtUpRows rows = new CaughtUpRows(
                agent -> CompletableFuture.completedFuture(Optional.of(Events.row(agent, 1, AgentState.ACTIVE, null))),
                () -> nanoTime.getAndAdd(1_000_000_000L));

        // When
        var row = rows.read(AGENT, 3).join();

        // Then
        assertThat(row.orElseThrow().sequence()).isEqualTo(1);
    }
}
