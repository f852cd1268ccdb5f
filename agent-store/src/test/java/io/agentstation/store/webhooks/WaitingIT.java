package io.agentstation.store.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WaitingIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:01:00Z");
    private static final WorkspaceId WORKSPACE = WorkspaceId.of("acme");

    private final WaitingMessages messages = new WaitingMessages(TestStore.get());
    private final RetrySchedule schedule = new RetrySchedule(TestStore.get());
    private final DeliveryLog log = new DeliveryLog(TestStore.get());
    private final WebhookStatistics statistics = new WebhookStatistics(TestStore.get());
    private final LaneKey lane = LaneKey.live(UUID.randomUUID(), TestIds.agent());
    private final RetryOwner owner = new RetryOwner("t-" + UUID.randomUUID(), 3);

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static WaitingMessage message(long sequence) {
        return new WaitingMessage(sequence, "m-" + sequence, "agent.updated", "{}");
    }

    private ScheduledRetry retry(Instant due) {
        return new ScheduledRetry(lane, WORKSPACE, due, 4, 2, NOW);
    }

    @Test
    void whatWaitsIsReadInOrderAndForgottenUpToAPlace() {
        for (long sequence : new long[] {5, 3, 4, 3}) {
            done(messages.write(lane, message(sequence)));
        }

        assertThat(done(messages.after(lane, 0, 10))).containsExactly(message(3), message(4), message(5));
        assertThat(done(messages.after(lane, 3, 1))).containsExactly(message(4));

        done(messages.removeUpTo(lane, 4));
        assertThat(done(messages.after(lane, 0, 10))).containsExactly(message(5));
    }

    @Test
    void aRetryIsFoundInItsBucketUntilItIsRemoved() {
        ScheduledRetry soon = retry(NOW);
        ScheduledRetry later = retry(NOW.plus(RetrySchedule.BUCKET));
        done(schedule.write(owner, soon));
        done(schedule.write(owner, later));

        assertThat(schedule.in(owner, RetrySchedule.bucketOf(NOW))).containsExactly(soon);
        assertThat(schedule.in(owner, RetrySchedule.bucketOf(later.due()))).containsExactly(later);
        assertThat(schedule.in(new RetryOwner(owner.topic(), 4), RetrySchedule.bucketOf(NOW)))
                .isEmpty();

        done(schedule.remove(owner, soon));
        assertThat(schedule.in(owner, RetrySchedule.bucketOf(NOW))).isEmpty();
    }

    @Test
    void aFloorNeverSinks() {
        assertThat(schedule.floor(owner)).isEmpty();
        done(schedule.raiseFloor(owner, NOW));

        done(schedule.raiseFloor(owner, NOW.minusSeconds(600)));

        assertThat(schedule.floor(owner)).contains(NOW);
    }

    @Test
    void attemptsAreReadNewestFirstAcrossDays() {
        UUID webhook = UUID.randomUUID();
        DeliveryAttempt old = attempt(webhook, NOW.minus(Duration.ofDays(2)), null);
        DeliveryAttempt early = attempt(webhook, NOW.minusSeconds(1), 500);
        DeliveryAttempt late = attempt(webhook, NOW, 200);
        List.of(early, old, late).forEach(each -> done(log.write(each)));

        UUID future = idAt(NOW.plusSeconds(10));
        assertThat(log.before(webhook, future, NOW, 10)).containsExactly(late, early, old);
        assertThat(log.before(webhook, future, NOW, 2)).containsExactly(late, early);
        assertThat(log.before(webhook, early.id(), NOW, 10)).containsExactly(old);
        assertThat(log.find(webhook, early.id())).contains(early);
        assertThat(log.find(UUID.randomUUID(), early.id())).isEmpty();
    }

    private DeliveryAttempt attempt(UUID webhook, Instant at, @org.jspecify.annotations.Nullable Integer status) {
        return new DeliveryAttempt(
                webhook,
                idAt(at),
                "m-1",
                "agent.updated",
                lane.agent(),
                4,
                "{}",
                2,
                DeliveryAttempt.Outcome.RETRYING,
                status,
                17,
                "answer",
                status == null ? "refused" : null,
                NOW);
    }

    private static UUID idAt(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    @Test
    void dispatchersSumsAreAddedUpAndOnesOwnReplaced() {
        UUID webhook = UUID.randomUUID();
        UUID writer = UUID.randomUUID();
        Instant hour = Instant.parse("2026-11-22T08:00:00Z");
        done(statistics.write(webhook, writer, new HourSums(hour, 1, 1, 0, 10, 10)));
        done(statistics.write(webhook, writer, new HourSums(hour, 3, 2, 1, 40, 20)));
        done(statistics.write(webhook, UUID.randomUUID(), new HourSums(hour, 2, 1, 0, 90, 80)));

        assertThat(statistics.since(webhook, hour, NOW)).containsExactly(new HourSums(hour, 5, 3, 1, 130, 80));
        assertThat(statistics.since(webhook, hour.plusSeconds(3_600), NOW)).isEmpty();
    }

    @Test
    void aLaneThatWaitsIsFoundBySubscriptionUntilItIsForgotten() {
        WaitingLanes waiting = new WaitingLanes(TestStore.get());
        ScheduledRetry later = retry(NOW.plusSeconds(900));
        ScheduledRetry other =
                new ScheduledRetry(LaneKey.live(lane.webhook(), TestIds.agent()), WORKSPACE, later.due(), 1, 1, NOW);
        done(waiting.write(owner, retry(NOW.plusSeconds(300)), Duration.ofMinutes(5)));
        done(waiting.write(owner, later, Duration.ofMinutes(15)));
        done(waiting.write(owner, other, Duration.ofMinutes(15)));

        List<ScheduledRetry> first = done(waiting.of(owner, lane.webhook(), null, 1));
        List<ScheduledRetry> rest =
                done(waiting.of(owner, lane.webhook(), first.get(0).lane(), 10));
        assertThat(java.util.stream.Stream.concat(first.stream(), rest.stream()))
                .containsExactlyInAnyOrder(later, other);
        assertThat(done(waiting.of(owner, UUID.randomUUID(), null, 10))).isEmpty();

        done(waiting.remove(owner, lane));
        assertThat(done(waiting.of(owner, lane.webhook(), null, 10))).containsExactly(other);
    }

    @Test
    void aRetryIsHeldUntilItIsRemoved() {
        ScheduledRetry retry = retry(NOW.plusSeconds(300));
        done(schedule.write(owner, retry));

        assertThat(done(schedule.holds(owner, retry))).isTrue();
        assertThat(done(schedule.holds(owner, retry(NOW.plusSeconds(301))))).isFalse();
        done(schedule.remove(owner, retry));
        assertThat(done(schedule.holds(owner, retry))).isFalse();
    }
}
