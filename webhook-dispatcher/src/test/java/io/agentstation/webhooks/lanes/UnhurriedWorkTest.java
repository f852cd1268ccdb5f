package io.agentstation.webhooks.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnhurriedWorkTest {

    private final UnhurriedWork work = new UnhurriedWork(Runnable::run);
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();

    @Test
    void someIsDoneAtATimeAndTheRestInOrder() {
        List<CompletableFuture<Void>> done = add(UnhurriedWork.AT_A_TIME + 2);
        assertThat(begun).hasSize(UnhurriedWork.AT_A_TIME);

        begun.get(1).complete(null);

        assertThat(begun).hasSize(UnhurriedWork.AT_A_TIME + 1);
        assertThat(done.get(1)).isCompleted();
        assertThat(done.get(0)).isNotDone();
    }

    @Test
    void workThatFailsOrThrowsIsDoneAsWell() {
        CompletableFuture<Void> thrown = work.add(() -> {
            throw new IllegalStateException("thrown");
        });
        assertThat(thrown)
                .isCompletedExceptionally()
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);

        List<CompletableFuture<Void>> done = add(2 * UnhurriedWork.AT_A_TIME);
        List.copyOf(begun).forEach(each -> each.completeExceptionally(new IllegalStateException("failed")));

        assertThat(begun).hasSize(2 * UnhurriedWork.AT_A_TIME);
        assertThat(done.get(0)).isCompletedExceptionally();
        assertThat(done.get(UnhurriedWork.AT_A_TIME)).isNotDone();
    }

    @Test
    void itIsFullWhenSixteenTimesAsMuchWaits() {
        add(17 * UnhurriedWork.AT_A_TIME - 1);
        assertThat(work.isFull()).isFalse();

        add(1);

        assertThat(work.isFull()).isTrue();
    }

    private List<CompletableFuture<Void>> add(int many) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            done.add(work.add(() -> {
                CompletableFuture<Void> next = new CompletableFuture<>();
                begun.add(next);
                return next;
            }));
        }
        return done;
    }
}
