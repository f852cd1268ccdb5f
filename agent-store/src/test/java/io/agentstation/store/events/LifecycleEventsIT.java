package io.agentstation.store.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.session.Batches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleEventsIT {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");

    private final LifecycleEvents table = new LifecycleEvents(TestStore.get());
    private final AgentId agent = TestIds.agent();
    private final CommandId command = new CommandId(UUID.randomUUID());

    @Test
    void theHistoryIsNewestFirstWhateverTheOrderOfArrivalAndHoldsEachEventOnce() {
        LifecycleEvent created = event(1, EventType.CREATED, null, AgentState.NEW, command);
        LifecycleEvent provisioned = event(2, EventType.PROVISIONED, AgentState.NEW, AgentState.PROVISIONED, null);
        List.of(provisioned, created, provisioned, created).forEach(this::write);

        List<StoredEvent> history = table.of(agent).toCompletableFuture().join();

        assertThat(history).containsExactly(stored(provisioned), stored(created));
    }

    @Test
    void eventsBeforeOneComeNewestFirstBatchByBatch() {
        // Given
        LongStream.rangeClosed(1, 250)
                .mapToObj(sequence -> event(sequence, EventType.UNHEALTHY, AgentState.ACTIVE, AgentState.ACTIVE, null))
                .forEach(this::write);

        // When
        Batches<StoredEvent> batches = table.before(agent, 231);
        List<Integer> sizes = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        for (List<StoredEvent> batch = next(batches); !batch.isEmpty(); batch = next(batches)) {
            sizes.add(batch.size());
            batch.forEach(event -> sequences.add(event.sequence()));
        }

        // Then
        assertThat(sizes).containsExactly(100, 100, 30);
        assertThat(sequences)
                .isEqualTo(LongStream.iterate(230, sequence -> sequence >= 1, sequence -> sequence - 1)
                        .boxed()
                        .toList());
    }

    private static List<StoredEvent> next(Batches<StoredEvent> batches) {
        return batches.next().toCompletableFuture().join();
    }

    @Test
    void anUnknownAgentHasNoHistory() {
        assertThat(table.of(agent).toCompletableFuture().join()).isEmpty();
    }

    private void write(LifecycleEvent event) {
        table.write(event).toCompletableFuture().join();
    }

    private LifecycleEvent event(
            long sequence, EventType type, @Nullable AgentState from, AgentState to, @Nullable CommandId cause) {
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                WorkspaceId.of("default"),
                "an-agent",
                sequence,
                type,
                from,
                to,
                Health.UNKNOWN,
                cause,
                "system",
                AT.plusSeconds(sequence),
                Map.of("reason", "because", "replicas", 3, "nested", Map.of("a", List.of(1, 2))));
    }

    private static StoredEvent stored(LifecycleEvent event) {
        return new StoredEvent(
                event.id(),
                event.agentId(),
                event.sequence(),
                event.event(),
                event.fromState(),
                event.toState(),
                event.causedBy(),
                event.triggeredBy(),
                event.occurredAt(),
                event.metadata());
    }
}
