package io.agentstation.store.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.store.fixtures.CountedRequests;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.session.Store;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookProgressIT {

    private static final Store STORE = CountedRequests.store();

    private final WebhookProgress progress = new WebhookProgress(STORE);
    private final UUID webhook = UUID.randomUUID();
    private final LaneKey lane = LaneKey.live(webhook, TestIds.agent());

    @BeforeEach
    void countAnew() {
        CountedRequests.takeCount();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void join(Stream<CompletionStage<?>> stages) {
        CompletableFuture.allOf(stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .join();
    }

    private List<LaneKey> lanes(int many) {
        return Stream.generate(() -> LaneKey.live(webhook, TestIds.agent()))
                .limit(many)
                .toList();
    }

    private void before(LaneKey key, @Nullable Long matched, @Nullable Long resolved) {
        TestStore.session()
                .execute(
                        "INSERT INTO webhook_lanes (webhook_id, stream_id, agent_id, matched, resolved)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        key.webhook(),
                        key.stream(),
                        key.agent().value(),
                        matched,
                        resolved);
    }

    @Test
    void aLaneNeverGoesBackWhoeverWritesLate() {
        assertThat(done(progress.find(lane))).isEqualTo(LaneProgress.NONE);
        done(progress.matched(lane, 7));
        done(progress.resolved(lane, 5));

        done(progress.matchedAndResolved(lane, 3));
        done(progress.resolved(lane, 4));
        done(progress.matched(lane, 6));

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(7, 5));
    }

    @Test
    void norWithinAStatement() {
        join(Stream.of(9L, 8L, 7L, 6L, 5L, 4L, 3L).map(sequence -> progress.matched(lane, sequence)));
        join(Stream.of(2L, 8L, 1L, 7L, 3L, 6L, 5L).map(sequence -> progress.resolved(lane, sequence)));

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(9, 8));
    }

    @Test
    void lanesOfASubscriptionAreWrittenAndReadTogether() {
        List<LaneKey> lanes = lanes(400);

        join(lanes.stream().map(key -> progress.matchedAndResolved(key, 3)));
        assertThat(CountedRequests.takeCount()).isLessThan(100);

        List<CompletionStage<LaneProgress>> found =
                lanes.stream().map(progress::find).toList();
        assertThat(found).allSatisfy(each -> assertThat(done(each)).isEqualTo(new LaneProgress(3, 3)));
        assertThat(CountedRequests.takeCount()).isLessThan(100);
    }

    @Test
    void theLanesOfASubscriptionAreSharedOutEvenly() {
        join(lanes(400).stream().map(key -> progress.matchedAndResolved(key, 1)));

        List<Long> rows = Stream.iterate(0, bucket -> bucket + 1)
                .limit(WebhookProgress.BUCKETS)
                .map(bucket -> TestStore.session()
                        .execute(
                                "SELECT count(*) FROM webhook_progress WHERE webhook_id = ? AND stream_id = ? AND bucket = ?",
                                webhook,
                                LaneKey.LIVE,
                                bucket)
                        .one()
                        .getLong(0))
                .toList();
        assertThat(rows).allSatisfy(count -> assertThat(count).isBetween(50L, 150L));
        assertThat(rows.stream().mapToLong(Long::longValue).sum()).isEqualTo(400);
    }

    @Test
    void whatWasNotedBeforeIsCarriedOverAsAWhole() {
        before(lane, 7L, 4L);

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(7, 4));

        // One column alone would say that nothing waits.
        done(progress.resolved(lane, 5));
        assertThat(done(new WebhookProgress(STORE).find(lane))).isEqualTo(new LaneProgress(7, 5));
        CountedRequests.takeCount();
        done(progress.find(lane));
        assertThat(CountedRequests.takeCount()).isEqualTo(1);
    }

    @Test
    void aLaneInWhichNothingIsDoneWithYetIsCarriedOver() {
        before(lane, 2L, null);

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(2, 0));
        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(2, 0));
    }

    @Test
    void aLaneAtRestIsCarriedOverByOneRowOrNotAtAll() {
        before(lane, 4L, 4L);

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(4, 4));

        Row row = TestStore.session()
                .execute("SELECT writetime(matched), writetime(resolved) FROM webhook_progress WHERE agent_id = "
                        + lane.agent().value() + " ALLOW FILTERING")
                .one();
        assertThat(List.of(row.getLong(0), row.getLong(1))).containsOnly(4L);
        // A read, one of what was before, and one write.
        assertThat(CountedRequests.takeCount()).isEqualTo(3);
    }

    @Test
    void whatIsCarriedOverTakesNothingBack() {
        before(lane, 4L, 2L);
        done(progress.matchedAndResolved(lane, 6));

        assertThat(done(progress.find(lane))).isEqualTo(new LaneProgress(6, 6));
    }

    @Test
    void whoTakesTheFirstEventDoesNotAskWhatWasBefore() {
        assertThat(done(progress.findForFirst(lane))).isEqualTo(LaneProgress.NONE);
        assertThat(CountedRequests.takeCount()).isEqualTo(1);

        assertThat(done(progress.find(lane))).isEqualTo(LaneProgress.NONE);
        assertThat(CountedRequests.takeCount()).isEqualTo(2);
    }
}
