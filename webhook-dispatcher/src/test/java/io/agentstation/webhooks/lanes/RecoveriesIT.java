package io.agentstation.webhooks.lanes;

import static io.agentstation.webhooks.lanes.LanesRig.START;
import static io.agentstation.webhooks.lanes.LanesRig.delivered;
import static io.agentstation.webhooks.lanes.LanesRig.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.sending.AttemptResult;
import io.agentstation.webhooks.sending.AttemptResult.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for an endpoint is woken when it answers again; the clock stands still meanwhile. */
class RecoveriesIT {

    private static final Duration SECOND_WAIT = Duration.ofMinutes(5);

    private final LanesRig rig = new LanesRig();
    private final Webhook webhook = rig.webhook();
    private final AgentId probe = LanesRig.agent();

    @AfterEach
    void close() {
        rig.close();
    }

    private static List<AgentId> agents(int count) {
        return Stream.generate(LanesRig::agent).limit(count).toList();
    }

    /** All of these have failed twice and wait for five minutes. */
    private void failTwice(Lanes lanes, List<AgentId> agents) {
        rig.receiver = message -> failed();
        rig.take(
                lanes,
                agents.stream().map(agent -> rig.offer(webhook, agent, 1)).toArray(Offer[]::new));
        rig.tickUntil(lanes, () -> rig.attempts(webhook).size() == agents.size());
        rig.clock.advance(Duration.ofSeconds(5));
        rig.tickUntil(lanes, () -> rig.attempts(webhook).size() == 2 * agents.size());
        assertThat(rig.attempts(webhook).stream().map(DeliveryAttempt::nextAttemptAt))
                .endsWith(START.plusSeconds(5).plus(SECOND_WAIT));
    }

    private void deliverTheProbe(Lanes lanes) {
        rig.receiver = message -> delivered();
        sendTheProbe(lanes);
    }

    private void sendTheProbe(Lanes lanes) {
        rig.take(lanes, rig.offer(webhook, probe, 1));
        rig.tickUntil(lanes, () -> rig.progress(webhook, probe).resolved() == 1);
    }

    @Test
    void whatWaitsIsWokenWhenItsEndpointAnswersAgain() {
        List<AgentId> waiting = agents(6);
        Lanes lanes = rig.lanes();
        failTwice(lanes, waiting);

        deliverTheProbe(lanes);

        rig.tickUntil(
                lanes,
                () -> waiting.stream()
                        .allMatch(agent -> rig.progress(webhook, agent).resolved() == 1));
        assertThat(waiting).allSatisfy(agent -> assertThat(rig.sequences(agent)).containsExactly(1L, 1L, 1L));
        // And their own time, when it comes, finds nothing.
        rig.clock.advance(SECOND_WAIT);
        rig.take(lanes, rig.offer(webhook, waiting.get(0), 2));
        rig.tickUntil(lanes, () -> rig.progress(webhook, waiting.get(0)).resolved() == 2);
        assertThat(rig.sent()).hasSize(6 * 3 + 1 + 1);
    }

    @Test
    void controlWithoutRecoveriesEachWaitsForItsOwnTime() {
        rig.recovering = 0;
        List<AgentId> waiting = agents(6);
        Lanes lanes = rig.lanes();
        failTwice(lanes, waiting);

        deliverTheProbe(lanes);
        rig.clock.advance(SECOND_WAIT.minusMillis(1));
        lanes.tick();

        assertThat(waiting).allSatisfy(agent -> assertThat(rig.sequences(agent)).hasSize(2));
        rig.clock.advance(Duration.ofMillis(1));
        rig.tickUntil(
                lanes,
                () -> waiting.stream()
                        .allMatch(agent -> rig.progress(webhook, agent).resolved() == 1));
    }

    /** The second is the control of the first: the width is the bound. One may end before the last of them begins. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void noMoreAreUnderWayAtATimeThanTheWidth(int width) {
        rig.recovering = width;
        List<AgentId> waiting = agents(12);
        Lanes lanes = rig.lanes();
        failTwice(lanes, waiting);
        Queue<CompletableFuture<AttemptResult>> underWay = new ConcurrentLinkedQueue<>();
        AtomicInteger most = new AtomicInteger();

        rig.receiver = message -> {
            if (message.messageId().startsWith(probe + "/")) {
                return delivered();
            }
            CompletableFuture<AttemptResult> answer = new CompletableFuture<>();
            underWay.add(answer);
            most.accumulateAndGet(underWay.size(), Math::max);
            return answer;
        };
        sendTheProbe(lanes);
        rig.tickUntil(lanes, () -> {
            CompletableFuture<AttemptResult> oldest = underWay.poll();
            if (oldest != null) {
                oldest.complete(new AttemptResult(Kind.DELIVERED, 200, Duration.ofMillis(5), "", null, null));
            }
            return waiting.stream()
                    .allMatch(agent -> rig.progress(webhook, agent).resolved() == 1);
        });

        assertThat(most.get()).isBetween(width - 1, width);
    }

    @Test
    void anEndpointThatFailsAgainIsLeftAloneAfterThree() {
        List<AgentId> waiting = agents(12);
        Lanes lanes = rig.lanes();
        failTwice(lanes, waiting);
        int before = rig.sent().size();

        rig.receiver = message -> message.messageId().startsWith(probe + "/") ? delivered() : failed();
        rig.take(lanes, rig.offer(webhook, probe, 1));
        rig.tickUntil(lanes, () -> rig.sent().size() == before + 1 + 3);

        // Were it not over, this would go on with the fourth.
        for (int i = 0; i < 20; i++) {
            lanes.tick();
        }
        assertThat(rig.sent()).hasSize(before + 1 + 3);
    }

    @Test
    void anAttemptBeforeItsTimeDoesNotCountAndIsMadeOnce() {
        AgentId poison = LanesRig.agent();
        Lanes lanes = rig.lanes();
        failTwice(lanes, List.of(poison));
        rig.receiver = message -> message.messageId().startsWith(poison + "/") ? failed() : delivered();

        rig.take(lanes, rig.offer(webhook, probe, 1));
        rig.tickUntil(lanes, () -> rig.attempts(webhook).size() == 4);
        // It failed, so that the next success is an answer after a failure once more.
        rig.clock.advance(Duration.ofSeconds(20));
        rig.take(lanes, rig.offer(webhook, probe, 2));
        rig.tickUntil(lanes, () -> rig.progress(webhook, probe).resolved() == 2);
        for (int i = 0; i < 20; i++) {
            lanes.tick();
        }
        assertThat(rig.sequences(poison)).hasSize(3);

        rig.clock.set(START.plusSeconds(5).plus(SECOND_WAIT));
        rig.tickUntil(lanes, () -> rig.sequences(poison).size() == 4);
        await().until(() -> rig.attempts(webhook).size() == 6);
        List<DeliveryAttempt> made = rig.attempts(webhook).stream()
                .filter(attempt -> attempt.messageId().startsWith(poison + "/"))
                .toList();
        assertThat(made).extracting(DeliveryAttempt::attempt).containsExactly(1, 2, 3, 3);
        assertThat(made.get(2).nextAttemptAt()).isEqualTo(made.get(1).nextAttemptAt());
        assertThat(made.get(3).nextAttemptAt()).isEqualTo(rig.clock.instant().plus(Duration.ofMinutes(30)));
    }

    @Test
    void whatAnotherDispatcherGetsThroughWakesTheLanesOfThisOne() {
        RetryOwner elsewhere = new RetryOwner("t-" + UUID.randomUUID(), 2);
        Lanes here = rig.lanes();
        Lanes there = rig.lanes(elsewhere);
        List<AgentId> waiting = agents(1);
        failTwice(here, waiting);
        await().until(() -> rig.find(webhook.id()).failingSince() != null);

        rig.clock.advance(Duration.ofSeconds(1));
        rig.receiver = message -> delivered();
        rig.take(there, rig.offer(elsewhere, rig.find(webhook.id()), probe, 1));
        await().until(() -> rig.find(webhook.id()).failingSince() == null);
        here.tick();
        assertThat(rig.sequences(waiting.get(0))).hasSize(2);

        rig.clock.advance(Duration.ofSeconds(15));
        rig.tickUntil(here, () -> rig.progress(webhook, waiting.get(0)).resolved() == 1);
    }
}
