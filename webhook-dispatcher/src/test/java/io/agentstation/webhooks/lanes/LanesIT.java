package io.agentstation.webhooks.lanes;

import static io.agentstation.webhooks.lanes.LanesRig.START;
import static io.agentstation.webhooks.lanes.LanesRig.answer;
import static io.agentstation.webhooks.lanes.LanesRig.delivered;
import static io.agentstation.webhooks.lanes.LanesRig.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.fixtures.StoppedCassandra;
import io.agentstation.webhooks.sending.AttemptResult;
import io.agentstation.webhooks.sending.AttemptResult.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesIT {

    private final LanesRig rig = new LanesRig();
    private final Webhook webhook = rig.webhook();
    private final AgentId agent = LanesRig.agent();
    private final AgentId other = LanesRig.agent();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsTakenIsDeliveredOnceAndInOrder() {
        Lanes lanes = rig.lanes();

        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2), rig.offer(webhook, agent, 4));
        rig.take(lanes, rig.offer(webhook, agent, 2), rig.offer(webhook, agent, 4), rig.offer(webhook, agent, 5));

        assertThat(rig.sequences(agent)).containsExactly(1L, 2L, 4L, 5L);
        assertThat(rig.progress(webhook, agent)).isEqualTo(new LaneProgress(5, 5));
        assertThat(rig.attempts(webhook))
                .extracting(DeliveryAttempt::body)
                .containsExactly("{\"previous\":0}", "{\"previous\":1}", "{\"previous\":2}", "{\"previous\":4}");
    }

    @Test
    void aFailureHoldsUpItsLaneOnlyAndTheLaneGoesOnInOrder() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> message.messageId().equals(agent + "/1") ? failed() : delivered();
        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2), rig.offer(webhook, other, 1));
        rig.tickUntil(lanes, () -> rig.sequences(other).size() == 1);
        assertThat(rig.sequences(agent)).containsExactly(1L);

        rig.receiver = message -> delivered();
        rig.take(lanes, rig.offer(webhook, agent, 3));
        rig.clock.advance(Duration.ofSeconds(5));
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 3);

        assertThat(rig.sequences(agent)).containsExactly(1L, 1L, 2L, 3L);
        // And at rest again: what comes next is tried at once.
        await().until(() -> {
            lanes.tick();
            return rig.tables.lanes().schedule().floor(rig.owner).isPresent();
        });
        rig.take(lanes, rig.offer(webhook, agent, 4));
        rig.tickUntil(lanes, () -> rig.sequences(agent).size() == 5);
        assertThat(rig.sequences(agent)).endsWith(4L);
    }

    @Test
    void aMessageThatAlwaysFailsIsTriedTenTimesOver75HoursThenTheLaneGoesOn() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> message.messageId().equals(agent + "/1") ? failed() : delivered();
        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2));

        for (int made = 1; made < 10; made++) {
            int soFar = made;
            rig.clock.set(dueAfter(soFar).minusMillis(1));
            lanes.tick();
            assertThat(rig.sequences(agent)).hasSize(soFar);
            rig.clock.set(dueAfter(soFar));
            rig.tickUntil(lanes, () -> rig.sequences(agent).size() > soFar);
        }
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 2);

        assertThat(Duration.between(START, rig.clock.instant())).isEqualTo(Duration.parse("PT75H35M5S"));
        assertThat(rig.sequences(agent)).containsExactly(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 2L);
        assertThat(rig.attempts(webhook))
                .extracting(DeliveryAttempt::outcome)
                .endsWith(Outcome.RETRYING, Outcome.FAILED, Outcome.DELIVERED);
    }

    /** When the log says that the next attempt is due. */
    private Instant dueAfter(int attempts) {
        await().until(() -> rig.attempts(webhook).stream()
                        .filter(attempt -> attempt.attempt() == attempts && attempt.sequence() == 1)
                        .count()
                == 1);
        return rig.attempts(webhook).stream()
                .filter(attempt -> attempt.attempt() == attempts && attempt.sequence() == 1)
                .map(attempt -> java.util.Objects.requireNonNull(attempt.nextAttemptAt()))
                .findFirst()
                .orElseThrow();
    }

    /** A kill repeats what is under way or not noted: while nothing can be noted, no more than that is sent. */
    @Test
    void noMoreIsSentThanAKillMayRepeatBeforeItIsNoted() throws Exception {
        Lanes lanes = rig.lanes();
        List<AgentId> agents = Stream.generate(LanesRig::agent)
                .limit(10 * LanesRig.CONCURRENCY)
                .toList();
        AtomicReference<StoppedCassandra> store = new AtomicReference<>();
        rig.receiver = message -> {
            if (rig.sent().size() == 1) {
                store.set(StoppedCassandra.now());
            }
            return delivered();
        };
        Offer[] offers =
                agents.stream().map(each -> rig.offer(webhook, each, 1)).toArray(Offer[]::new);

        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> rig.take(lanes, offers));
        await().until(() -> store.get() != null);
        try (StoppedCassandra stopped = store.get()) {
            await().during(Duration.ofMillis(500)).until(() -> rig.sent().size() <= LanesRig.CONCURRENCY);
        }

        taken.get(30, TimeUnit.SECONDS);
        assertThat(agents).allSatisfy(each -> assertThat(rig.sequences(each)).containsExactly(1L));
    }

    @Test
    void anotherDispatcherGoesOnWhereOneWasKilled() {
        rig.receiver = message -> failed();
        rig.take(rig.lanes(), rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2));

        // Killed: nothing of the first is used again. The offset of the third was never committed.
        Lanes next = rig.lanes();
        rig.receiver = message -> delivered();
        rig.take(next, rig.offer(webhook, agent, 2), rig.offer(webhook, agent, 3));
        rig.clock.advance(Duration.ofHours(2));
        rig.tickUntil(next, () -> rig.progress(webhook, agent).resolved() == 3);

        assertThat(rig.sequences(agent)).containsExactly(1L, 1L, 2L, 3L);
    }

    @Test
    void aReceiverThatIsSlowHoldsNobodyUpAndIsNotAskedTwice() {
        Lanes lanes = rig.lanes();
        CompletableFuture<AttemptResult> pending = new CompletableFuture<>();
        rig.receiver = message -> message.messageId().startsWith(agent + "/1") ? pending : delivered();

        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2), rig.offer(webhook, other, 1));

        // Taken, that is stored, although the first attempt has not ended.
        assertThat(rig.progress(webhook, agent)).isEqualTo(new LaneProgress(2, 0));
        assertThat(rig.sequences(other)).containsExactly(1L);
        pending.complete(new AttemptResult(Kind.DELIVERED, 200, Duration.ofSeconds(3), "", null, null));
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 2);
        assertThat(rig.sequences(agent)).containsExactly(1L, 2L);
    }

    @Test
    void whatIsForAHealthyEndpointDoesNotWaitForWhatIsForAFailingOne() throws Exception {
        rig.storeAfter = Duration.ofSeconds(30);
        Lanes lanes = rig.lanes();
        Webhook failing = rig.webhook();
        rig.receiver = message -> failed();
        rig.take(lanes, rig.offer(failing, other, 1));
        CompletableFuture<AttemptResult> healthy = new CompletableFuture<>();
        rig.receiver = message -> message.webhook().equals(webhook.id()) ? healthy : failed();

        CompletableFuture<Void> taken = CompletableFuture.runAsync(
                () -> rig.take(lanes, rig.offer(failing, other, 2), rig.offer(webhook, agent, 1)));
        await().until(() -> rig.sequences(agent).equals(List.of(1L)));
        TimeUnit.MILLISECONDS.sleep(100);

        assertThat(rig.progress(failing, other).matched()).isEqualTo(1);
        healthy.complete(delivered().join());
        taken.get(30, TimeUnit.SECONDS);
        assertThat(rig.progress(failing, other).matched()).isEqualTo(2);
    }

    @Test
    void goneDisablesAndNothingMoreIsSent() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> answer(Kind.GONE, 410, null);

        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2));
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 2);

        assertThat(rig.find(webhook.id()).enabled()).isFalse();
        assertThat(rig.find(webhook.id()).disabledReason()).contains("410");
        assertThat(rig.sequences(agent)).containsExactly(1L);
        assertThat(rig.attempts(webhook))
                .extracting(DeliveryAttempt::attempt, DeliveryAttempt::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, Outcome.FAILED),
                        org.assertj.core.groups.Tuple.tuple(0, Outcome.FAILED));
    }

    @Test
    void aReceiverThatAsksForAPauseGetsItInEveryLane() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> answer(Kind.FAILED, 429, Duration.ofMinutes(10));
        rig.take(lanes, rig.offer(webhook, agent, 1));
        rig.receiver = message -> delivered();

        rig.take(lanes, rig.offer(webhook, other, 1));
        rig.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        lanes.tick();
        assertThat(rig.sent()).hasSize(1);

        rig.clock.advance(Duration.ofMillis(1));
        rig.tickUntil(lanes, () -> rig.sent().size() == 3);
        assertThat(rig.sequences(other)).containsExactly(1L);
    }

    @Test
    void anEndpointThatFailsForFiveDaysIsDisabledVisibly() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> failed();
        rig.take(lanes, rig.offer(webhook, agent, 1));
        await().until(() -> rig.find(webhook.id()).failingSince() != null);
        assertThat(rig.find(webhook.id()).enabled()).isTrue();

        rig.clock.advance(Duration.ofDays(5));
        rig.take(lanes, rig.offer(rig.find(webhook.id()), other, 1));

        rig.tickUntil(lanes, () -> !rig.find(webhook.id()).enabled());
        assertThat(rig.find(webhook.id()).disabledReason()).contains("no attempt has succeeded since");
    }

    @Test
    void twoWhoBothThinkThatTheyOwnALaneSendNothingOutOfOrder() {
        Lanes zombie = rig.lanes();
        Lanes owner = rig.lanes();
        rig.take(zombie, rig.offer(webhook, agent, 1));

        rig.take(owner, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2), rig.offer(webhook, agent, 3));
        rig.take(zombie, rig.offer(webhook, agent, 2));

        // A duplicate, which its id tells; and the lane does not go back.
        assertThat(rig.sequences(agent)).containsExactly(1L, 2L, 3L, 2L);
        assertThat(rig.sequences(agent).stream().distinct().toList()).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(rig.progress(webhook, agent)).isEqualTo(new LaneProgress(3, 3));
    }

    @Test
    void aLaneThatOnlyWaitsForAnEndpointThatDoesNotAnswerIsNotKeptInMemory() {
        Lanes lanes = rig.lanes();
        rig.receiver = message -> failed();
        rig.take(lanes, rig.offer(webhook, other, 1));
        rig.tickUntil(lanes, () -> rig.attempts(webhook).size() == 1);
        rig.receiver = message -> new CompletableFuture<>();
        // As many as are tried at a time by a doubtful one, and one that has no place.
        rig.take(lanes, rig.offer(webhook, agent, 1));
        int before = lanes.inMemory();

        rig.take(
                lanes,
                Stream.generate(LanesRig::agent)
                        .limit(100)
                        .map(each -> rig.offer(webhook, each, 1))
                        .toArray(Offer[]::new));

        assertThat(lanes.inMemory()).isLessThanOrEqualTo(before);
    }

    /** More than Cassandra is asked at a time over one connection. */
    @Test
    void aBatchForVeryManyLanesIsTakenAPieceAtATime() {
        rig.concurrency = 64;
        Lanes lanes = rig.lanes();
        Offer[] offers = Stream.generate(LanesRig::agent)
                .limit(6_000)
                .map(each -> rig.offer(webhook, each, 1))
                .toArray(Offer[]::new);

        rig.take(lanes, offers);

        rig.tickUntil(lanes, () -> rig.sent().size() == offers.length);
    }
}
