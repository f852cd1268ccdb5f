package io.agentstation.store.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaxosTurnsTest {

    private static final int MANY = 8;

    private final PaxosTurns turns = new PaxosTurns();
    private final ExecutorService threads = Executors.newFixedThreadPool(MANY);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void ofOnePartitionOneIsUnderWay() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<CompletableFuture<Integer>> all = IntStream.range(0, MANY * 20)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> turns.of(1, () -> {
                            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(10_000);
                            underWay.decrementAndGet();
                            return number;
                        }),
                        threads))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(IntStream.range(0, MANY * 20).boxed().toList());
        assertThat(most).hasValue(1);
    }

    @Test
    void anotherPartitionDoesNotWait() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(
                () -> turns.of(1, () -> {
                    held.countDown();
                    return isOver(end);
                }),
                threads);
        held.await();

        assertThat(CompletableFuture.supplyAsync(() -> turns.of(2, () -> "done"), threads)
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo("done");
        end.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatFailsGivesItsTurnUp() {
        assertThatThrownBy(() -> turns.of(1, () -> {
                    throw new IllegalStateException("no answer");
                }))
                .hasMessage("no answer");

        assertThat(CompletableFuture.supplyAsync(() -> turns.of(1, () -> "done"), threads)
                        .join())
                .isEqualTo("done");
    }

    private static boolean isOver(CountDownLatch end) {
        try {
            return end.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
