package io.agentstation.webhooks.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lanes of which only {@code webhook_lanes} knows, as a dispatcher before V009 left them. */
class LanesOfBeforeIT {

    private final LanesRig rig = new LanesRig();
    private final Webhook webhook = rig.webhook();
    private final AgentId agent = LanesRig.agent();
    private final LaneKey lane = LaneKey.live(webhook.id(), agent);

    @AfterEach
    void close() {
        rig.close();
    }

    private void left(long matched, long resolved) {
        rig.tables.execute(
                "INSERT INTO webhook_lanes (webhook_id, stream_id, agent_id, matched, resolved) VALUES (?, ?, ?, ?, ?)",
                lane.webhook(),
                lane.stream(),
                agent.value(),
                matched,
                resolved);
    }

    private void leftWaiting(long from, long to) {
        left(to, from - 1);
        for (long sequence = from; sequence <= to; sequence++) {
            rig.tables
                    .lanes()
                    .messages()
                    .write(lane, new WaitingMessage(sequence, agent + "/" + sequence, "agent.updated", "{}"))
                    .toCompletableFuture()
                    .join();
        }
        rig.tables
                .lanes()
                .schedule()
                .write(
                        rig.owner,
                        new ScheduledRetry(
                                lane, rig.workspace, LanesRig.START.plusSeconds(60), from, 1, LanesRig.START))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whatComesNextIsNotSentBeforeWhatWaits() {
        leftWaiting(2, 3);
        Lanes lanes = rig.lanes();

        rig.take(lanes, rig.offer(webhook, agent, 4));
        assertThat(rig.sent()).isEmpty();

        rig.clock.advance(Duration.ofMinutes(1));
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 4);
        assertThat(rig.sequences(agent)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void norAfterADispatcherWasKilledThatHadSentTheFirstOfThem() {
        leftWaiting(1, 3);
        Lanes killed = rig.lanes();
        rig.receiver = message -> message.messageId().equals(agent + "/1") ? LanesRig.delivered() : LanesRig.failed();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.tickUntil(killed, () -> rig.sequences(agent).size() == 2);

        Lanes next = rig.lanes();
        rig.receiver = message -> LanesRig.delivered();
        rig.take(next, rig.offer(webhook, agent, 4));
        rig.clock.advance(Duration.ofHours(1));
        rig.tickUntil(next, () -> rig.progress(webhook, agent).resolved() == 4);

        assertThat(rig.sequences(agent)).containsExactly(1L, 2L, 2L, 3L, 4L);
    }

    @Test
    void aLaneAtRestGoesOnWhereItWasAndDoesNotRestart() {
        left(5, 5);
        Lanes lanes = rig.lanes();

        rig.take(lanes, rig.offer(webhook, agent, 4), rig.offer(webhook, agent, 5), rig.offer(webhook, agent, 6));

        assertThat(rig.sequences(agent)).containsExactly(6L);
        assertThat(rig.attempts(webhook))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.body()).isEqualTo("{\"previous\":5}"));
        assertThat(rig.progress(webhook, agent)).isEqualTo(new LaneProgress(6, 6));
    }

    /** Its offset was not committed: all that was taken comes from the log again. */
    @Test
    void aFirstEventThatComesAgainIsSentAgainAndWhatWaitsAfterItIsNotForgotten() {
        leftWaiting(2, 3);
        Lanes lanes = rig.lanes();

        rig.take(lanes, rig.offer(webhook, agent, 1), rig.offer(webhook, agent, 2), rig.offer(webhook, agent, 3));
        rig.clock.advance(Duration.ofMinutes(1));
        rig.tickUntil(lanes, () -> rig.progress(webhook, agent).resolved() == 3);

        assertThat(rig.sequences(agent).stream().distinct()).containsExactly(1L, 2L, 3L);
    }
}
