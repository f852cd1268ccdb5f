package io.agentstation.webhooks.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.sending.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Very many attempts that were begun together end together, when their endpoints do not answer. */
class LaneAttemptsIT {

    private static final int MANY = 40;

    private final LanesRig rig = new LanesRig();
    private final Webhook webhook = rig.webhook();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<AttemptResult> timeout = new CompletableFuture<>();
    private final List<CompletableFuture<?>> notes = new ArrayList<>();

    @AfterEach
    void close() {
        executor.shutdownNow();
        rig.close();
    }

    @Test
    void whatFollowsFromStoredMessagesIsNotedSomeAtATime() {
        EndpointGate gate = beginMany(true);

        timeout.complete(LanesRig.failed().join());

        assertThat(notes).hasSize(UnhurriedWork.AT_A_TIME);
        assertThat(gate.load()).as("each keeps its place until it is noted").isEqualTo(MANY);
        notes.get(0).complete(null);
        org.awaitility.Awaitility.await().until(() -> notes.size() == UnhurriedWork.AT_A_TIME + 1);
        assertThat(gate.load()).isEqualTo(MANY - 1);
    }

    @Test
    void whatIsNotStoredYetIsNotedAtOnceSinceAReaderWaitsForIt() {
        beginMany(false);

        timeout.complete(LanesRig.failed().join());

        assertThat(notes).hasSize(MANY);
    }

    private EndpointGate beginMany(boolean stored) {
        LaneTables tables = rig.tables.lanes();
        EndpointGates gates = new EndpointGates(MANY, Duration.ofSeconds(1), executor);
        EndpointGate gate = gates.of(webhook.id());
        LaneTools tools = new LaneTools(
                tables,
                (to, id, body) -> timeout,
                new AttemptLog(rig.tables.log(), new HourCounts(rig.tables.statistics(), rig.clock)),
                new EndpointHealth(tables.webhooks(), tables.health(), Duration.ofDays(5), executor),
                gates,
                new UnhurriedWork(executor),
                new Recoveries(tables, gates, 1),
                new RetryPolicy(RetryPolicy.STANDARD, () -> 0),
                new LaneSettings(MANY, 1, Duration.ofSeconds(1), Duration.ofDays(5), 100, 1),
                rig.clock,
                executor);
        IntStream.range(0, MANY)
                .forEach(i -> new LaneAttempts(tools, gate, () -> false, new Noting(stored))
                        .begin(Attempt.first(
                                new WaitingMessage(1, "message-" + i, "agent.updated", "{}"),
                                webhook,
                                LanesRig.START)));
        return gate;
    }

    private final class Noting implements LaneAttempts.Followed {

        private final boolean stored;

        Noting(boolean stored) {
            this.stored = stored;
        }

        @Override
        public CompletableFuture<?> again(Attempt attempt, AttemptResult result, Instant due) {
            CompletableFuture<?> note = new CompletableFuture<>();
            notes.add(note);
            return note;
        }

        @Override
        public boolean isStored() {
            return stored;
        }

        @Override
        public CompletableFuture<?> done(Attempt attempt, AttemptResult result, Outcome outcome) {
            throw new AssertionError("not delivered: " + result);
        }

        @Override
        public CompletableFuture<?> early(Attempt attempt, AttemptResult result) {
            throw new AssertionError("not early: " + result);
        }

        @Override
        public void broke(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
