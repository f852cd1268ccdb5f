package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the attempts of one lane when its endpoint has room for them, and says what follows from each. */
final class LaneAttempts {

    private static final Duration LONGEST_HOLD = Duration.ofHours(24);

    /** What follows from an attempt. */
    interface Followed {

        /** Its message is done with: delivered, or given up. Completes when that is noted, or cannot be. */
        CompletableFuture<?> done(Attempt attempt, AttemptResult result, Outcome outcome);

        /** Its message is tried again then. */
        void again(Attempt attempt, AttemptResult result, Instant due);

        /** It failed before its time, which stays as it was. */
        void early(Attempt attempt, AttemptResult result);

        /** It was not made, or what followed from it could not be noted. */
        void broke(Throwable failure);
    }

    private final LaneTools tools;
    private final EndpointGate gate;
    private final BooleanSupplier closed;
    private final Followed followed;
    private volatile @Nullable Long sentNanos;

    /**
     * Attempts to one endpoint.
     *
     * @param closed whether nothing may begin any more
     */
    LaneAttempts(LaneTools tools, EndpointGate gate, BooleanSupplier closed, Followed followed) {
        this.tools = tools;
        this.gate = gate;
        this.closed = closed;
        this.followed = followed;
    }

    /** Makes one, now or when others have ended. */
    void begin(Attempt attempt) {
        gate.enter(() -> send(attempt));
    }

    /** Whether one is under way that has not been answered for this long. */
    boolean isSilentFor(Duration time) {
        Long sent = sentNanos;
        return sent != null && System.nanoTime() - sent >= time.toNanos();
    }

    private void send(Attempt attempt) {
        if (closed.getAsBoolean()) {
            gate.left();
            followed.broke(new LaneBroken("the partition is another dispatcher's now", null));
            return;
        }
        sentNanos = System.nanoTime();
        // Composed, so that a sender that throws ends the attempt as one that fails does.
        var unused = CompletableFuture.completedFuture(attempt.message())
                .thenCompose(message -> tools.sender().send(attempt.webhook(), message.messageId(), message.body()))
                .whenComplete((result, defect) -> {
                    sentNanos = null;
                    if (defect == null) {
                        ended(attempt, result);
                    } else {
                        gate.failed(Duration.ZERO);
                        followed.broke(defect);
                    }
                });
    }

    private void ended(Attempt attempt, AttemptResult result) {
        switch (result.kind()) {
            case DELIVERED -> delivered(attempt, result);
            case FAILED -> failed(attempt, result);
            case GONE -> gone(attempt, result);
        }
    }

    private void delivered(Attempt attempt, AttemptResult result) {
        boolean again = gate.delivered(result.latency());
        Instant now = tools.now();
        if (again || attempt.webhook().failingSince() != null) {
            tools.recoveries().answers(attempt.webhook().id(), now);
        }
        tools.health().succeeded(attempt.webhook(), now);
        var unused = followed.done(attempt, result, Outcome.DELIVERED).whenComplete((noted, failure) -> gate.left());
    }

    private void failed(Attempt attempt, AttemptResult result) {
        gate.failed(result.latency());
        Instant now = tools.now();
        tools.health().failed(attempt.webhook(), now);
        tools.recoveries().fails(attempt.webhook(), now);
        Duration asked = result.retryAfter() == null ? Duration.ZERO : result.retryAfter();
        if (!asked.isZero()) {
            gate.hold(now.plus(asked.compareTo(LONGEST_HOLD) < 0 ? asked : LONGEST_HOLD));
        }
        if (attempt.early()) {
            followed.early(attempt, result);
            return;
        }
        Optional<Instant> due = tools.policy().next(attempt.number(), attempt.firstAt(), now, asked);
        if (due.isPresent()) {
            followed.again(attempt, result, due.get());
        } else {
            var unused = followed.done(attempt, result, Outcome.FAILED);
        }
    }

    private void gone(Attempt attempt, AttemptResult result) {
        gate.failed(result.latency());
        var unused = CompletableFuture.runAsync(
                        () -> tools.health().disable(attempt.webhook(), "the receiver answered 410 Gone"),
                        tools.executor())
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        var unusedDone = followed.done(attempt, result, Outcome.FAILED);
                    } else {
                        followed.broke(failure);
                    }
                });
    }
}
