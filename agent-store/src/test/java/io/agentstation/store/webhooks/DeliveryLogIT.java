package io.agentstation.store.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.store.fixtures.CountedRequests;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.session.Store;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryLogIT {

    private static final Store STORE = CountedRequests.store();
    private static final UUID FUTURE = new UUID(Long.MAX_VALUE, -1);

    private final DeliveryLog log = new DeliveryLog(STORE);
    private final Instant now = Instant.now();

    @BeforeEach
    void countAnew() {
        CountedRequests.takeCount();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    private DeliveryAttempt attempt(UUID webhook, int number) {
        UUID id = new UUID(now.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
        return new DeliveryAttempt(
                webhook,
                id,
                "m",
                "agent.updated",
                TestIds.agent(),
                number,
                "{}",
                1,
                Outcome.DELIVERED,
                200,
                1,
                "",
                null,
                null);
    }

    private static void join(List<CompletableFuture<Void>> writes) {
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void attemptsThatEndWhileOthersAreWrittenAreWrittenTogether() {
        UUID webhook = UUID.randomUUID();

        join(IntStream.range(0, 200)
                .mapToObj(number -> log.write(attempt(webhook, number)).toCompletableFuture())
                .toList());

        // Two alone, then as many at a time as one statement takes, and what came meanwhile.
        assertThat(CountedRequests.takeCount()).isLessThan(100);
        assertThat(log.before(webhook, FUTURE, now, 1_000))
                .extracting(DeliveryAttempt::sequence)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(Long::valueOf).toList());
    }

    /** Control: rows of different partitions do not wait for each other. */
    @Test
    void attemptsWithDifferentSubscriptionsGoTheirOwnWays() {
        join(IntStream.range(0, 200)
                .mapToObj(
                        number -> log.write(attempt(UUID.randomUUID(), number)).toCompletableFuture())
                .toList());

        assertThat(CountedRequests.takeCount()).isEqualTo(200);
    }

    @Test
    void whoeverWritesIsToldWhenNothingIsWritten() {
        Store closed = CountedRequests.store();
        DeliveryLog gone = new DeliveryLog(closed);
        closed.close();
        UUID webhook = UUID.randomUUID();

        List<CompletableFuture<Void>> writes = IntStream.range(0, 10)
                .mapToObj(number -> gone.write(attempt(webhook, number)).toCompletableFuture())
                .toList();

        assertThat(writes)
                .allSatisfy(write -> assertThat(write.handle((written, failure) -> failure != null))
                        .succeedsWithin(java.time.Duration.ofSeconds(10))
                        .isEqualTo(true));
    }
}
