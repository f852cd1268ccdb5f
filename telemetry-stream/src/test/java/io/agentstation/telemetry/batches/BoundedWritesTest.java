package io.agentstation.telemetry.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.store.session.StoreUnavailable;
import io.agentstation.telemetry.figures.WriterFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundedWritesTest {

    private final StoreUnavailable away = new StoreUnavailable("away", new IllegalStateException());

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final BoundedWrites writes = new BoundedWrites(3, Duration.ofSeconds(10), new WriterFigures(meters));
    private final List<CompletableFuture<Void>> started = Collections.synchronizedList(new ArrayList<>());

    @Test
    void noMoreThanTheBoundAreUnacknowledgedAndAllAreAwaited() {
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> writes.complete(pending(7)));
        await().until(() -> started.size() == 3);

        acknowledge(1);
        await().until(() -> started.size() == 4);
        await().during(Duration.ofMillis(50)).until(() -> started.size() == 4 && !call.isDone());
        acknowledge(0);
        acknowledge(2);
        await().until(() -> started.size() == 6);
        acknowledge(3);
        await().until(() -> started.size() == 7);
        acknowledge(4);
        acknowledge(5);
        await().during(Duration.ofMillis(50)).until(() -> !call.isDone());
        acknowledge(6);

        await().until(call::isDone);
        assertThat(call).isCompleted();
    }

    @Test
    void nothingToWriteIsDoneAtOnce() {
        writes.complete(List.of());
    }

    @Test
    void afterAFailureNoFurtherWriteIsStartedAndItIsThrown() {
        Write failing = write(() -> {
            started.add(new CompletableFuture<>());
            return CompletableFuture.failedFuture(new CompletionException(away));
        });

        assertThatThrownBy(() -> writes.complete(Collections.nCopies(10, failing)))
                .isSameAs(away);

        assertThat(started).hasSize(1);
    }

    @Test
    void theLastWritesFailureIsThrownToo() {
        List<Write> batch = List.of(
                write(() -> CompletableFuture.completedStage(null)), write(() -> CompletableFuture.failedFuture(away)));

        assertThatThrownBy(() -> writes.complete(batch)).isSameAs(away);
    }

    @Test
    void onlyWhatIsAcknowledgedIsCounted() {
        List<Write> batch = List.of(
                write(() -> CompletableFuture.completedStage(null)),
                write(() -> CompletableFuture.completedStage(null)),
                write(() -> CompletableFuture.failedFuture(away)));

        assertThatThrownBy(() -> writes.complete(batch)).isSameAs(away);

        assertThat(meters.get("station.telemetry.rows")
                        .tag("table", "reports")
                        .counter()
                        .count())
                .isEqualTo(10);
        assertThat(meters.get("station.telemetry.write")
                        .tag("table", "reports")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aWriteThatIsNeverAcknowledgedEndsTheTry() {
        BoundedWrites hasty = new BoundedWrites(3, Duration.ofMillis(20), new WriterFigures(meters));

        assertThatThrownBy(() -> hasty.complete(pending(1)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("PT0.02S");
        assertThatThrownBy(() -> hasty.complete(pending(9))).isInstanceOf(StoreUnavailable.class);
    }

    private List<Write> pending(int count) {
        return Stream.generate(() -> write(() -> {
                    CompletableFuture<Void> write = new CompletableFuture<>();
                    started.add(write);
                    return write;
                }))
                .limit(count)
                .toList();
    }

    private static Write write(Supplier<CompletionStage<?>> start) {
        return new Write("reports", 5, start);
    }

    private void acknowledge(int write) {
        started.get(write).complete(null);
    }
}
