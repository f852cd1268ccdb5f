package io.agentstation.store.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.fixtures.CountedRequests;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.session.Batches;
import io.agentstation.store.session.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReportHistoryIT {

    private static final Store STORE = CountedRequests.store();

    // Half an hour after midnight: most of what is recent lies on the day before.
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofMinutes(30));

    // Rows are written as if it were yesterday, so that none of them expires before it is read.
    private final Heartbeats heartbeats = new Heartbeats(STORE, () -> now.minus(Duration.ofDays(1)));
    private final Metrics metrics = new Metrics(STORE);
    private final ReportHistory<StoredHeartbeat> history = heartbeats.history();
    private final ReportSlice kept = history.kept(now);
    private final AgentId agent = TestIds.agent();

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void pagesFollowEachOtherAcrossMidnightAndOverDaysWithoutReports() {
        // Given some of today, many of yesterday, none of the three days before that, some of the day before these
        List<StoredHeartbeat> newestFirst = Stream.of(
                        series(now, 20), series(now.minus(Duration.ofHours(1)), 30), series(daysAgo(5), 7))
                .flatMap(List::stream)
                .toList();
        write(newestFirst);

        // Then
        for (int limit : new int[] {1, 7, 20, 50, 57, 1_000}) {
            assertThat(allPages(limit)).as("pages of %d", limit).isEqualTo(newestFirst);
        }
    }

    @Test
    void reportsThatComeInTheMeantimeMoveNothing() {
        // Given
        List<StoredHeartbeat> before = series(now.minusSeconds(60), 30);
        write(before);
        ReportPage<StoredHeartbeat> first = done(history.page(agent, kept, 10));

        // When others are added, one of them in the millisecond of the cursor
        StoredHeartbeat last = first.reports().get(9);
        write(series(now, 20));
        write(List.of(heartbeat(last.appendTime(), last.offset() + 1)));

        // Then
        ReportPage<StoredHeartbeat> second = done(history.page(agent, kept.before(last.place()), 100));
        assertThat(second.reports()).isEqualTo(before.subList(10, 30));
        assertThat(second.more()).isFalse();
    }

    @Test
    void aSliceBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        // Given
        Instant start = now.minus(Duration.ofHours(2));
        List<StoredHeartbeat> rows = IntStream.range(0, 5)
                .mapToObj(i -> heartbeat(start.plusMillis(i), i))
                .toList();
        write(rows);

        // Then
        ReportSlice slice = kept.since(start.plusMillis(1)).until(start.plusMillis(3));
        assertThat(done(history.page(agent, slice, 10)).reports()).containsExactly(rows.get(2), rows.get(1));
        assertThat(done(history.count(agent, slice))).isEqualTo(2);
        ReportSlice empty = kept.since(start).until(start);
        assertThat(done(history.page(agent, empty, 10)).reports()).isEmpty();
        assertThat(done(history.count(agent, empty))).isZero();
        ReportSlice backwards = kept.since(now).until(daysAgo(2));
        assertThat(done(history.page(agent, backwards, 10)).reports()).isEmpty();
        assertThat(done(history.count(agent, backwards))).isZero();
    }

    @Test
    void nothingIsReadPastRetentionAlthoughItIsStillThere() {
        // Given
        StoredHeartbeat oldest = heartbeat(daysAgo(7), 2);
        StoredHeartbeat tooOld = heartbeat(daysAgo(7).minusMillis(1), 1);
        write(List.of(oldest, tooOld));

        // Then
        assertThat(done(history.page(agent, kept.since(Instant.EPOCH), 10)).reports())
                .containsExactly(oldest);
        assertThat(done(history.latest(agent, now, 10))).containsExactly(oldest);
        assertThat(done(history.count(agent, kept))).isEqualTo(1);
        assertThat(done(history.page(agent, history.kept(now.minusMillis(1)), 10))
                        .reports())
                .as("a moment ago it was shown")
                .containsExactly(oldest, tooOld);
    }

    @Test
    void theLatestOfABusyAgentAreOneRequestAndOfALongSilentOneThree() {
        // Given
        write(series(now, 20));
        AgentId silent = TestIds.agent();
        write(List.of(new StoredHeartbeat(silent, daysAgo(6), 1, new Heartbeat(HeartbeatMode.IDLE, 1))));
        AgentId never = TestIds.agent();
        CountedRequests.takeCount();

        // Then
        assertThat(done(history.latest(agent, now, 10))).hasSize(10);
        assertThat(CountedRequests.takeCount()).isEqualTo(1);
        assertThat(done(history.latest(silent, now, 10))).hasSize(1);
        assertThat(CountedRequests.takeCount()).isEqualTo(3);
        assertThat(done(metrics.history().latest(never, now, 10))).isEmpty();
        assertThat(CountedRequests.takeCount())
                .as("thirty days are not asked one by one")
                .isEqualTo(2);
    }

    @Test
    void batchesAreReadOneAtATimeAndOnlyWhenAskedFor() {
        // Given
        write(series(now, 600));
        CountedRequests.takeCount();
        Batches<StoredHeartbeat> batches = history.batches(agent, kept, 550);
        assertThat(CountedRequests.takeCount()).isZero();

        // When
        List<Integer> sizes = new ArrayList<>();
        for (List<StoredHeartbeat> batch = done(batches.next()); !batch.isEmpty(); batch = done(batches.next())) {
            sizes.add(batch.size());
            assertThat(CountedRequests.takeCount()).isEqualTo(1);
        }

        // Then
        assertThat(sizes).containsExactly(250, 250, 50);
        assertThat(CountedRequests.takeCount())
                .as("the end is known without asking")
                .isZero();
    }

    @Test
    void aPageOfLargeReportsEndsEarlyAndTheNextGoesOn() {
        // Given
        Map<String, Object> large = Map.of("text", "x".repeat(MetricsReport.MAX_CUSTOM_METRICS_BYTES - 12));
        List<StoredMetrics> newestFirst = IntStream.range(0, 300)
                .mapToObj(i ->
                        new StoredMetrics(agent, now.minusSeconds(i), 1_000 - i, new MetricsReport(1, 2, 3, large)))
                .toList();
        all(newestFirst.stream().map(metrics::write));

        // When
        List<ReportPlace> seen = new ArrayList<>();
        ReportSlice slice = metrics.history().kept(now);
        ReportPage<StoredMetrics> page;
        do {
            page = done(metrics.history().page(agent, slice, 1_000));
            assertThat(page.reports()).as("held at once").hasSizeBetween(1, 150);
            page.reports().forEach(report -> seen.add(report.place()));
            slice = slice.before(seen.get(seen.size() - 1));
        } while (page.more());

        // Then
        assertThat(seen)
                .isEqualTo(newestFirst.stream().map(StoredMetrics::place).toList());
    }

    @Test
    void theCountIsThatOfAllPages() {
        // Given reports around every step of the count
        List<StoredHeartbeat> rows = IntStream.range(0, 7 * 24)
                .mapToObj(hour -> now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hour)))
                .flatMap(hour -> Stream.of(heartbeat(hour, 2), heartbeat(hour.minusMillis(1), 1)))
                .toList();
        write(rows);

        // Then
        assertThat(done(history.count(agent, kept))).isEqualTo(rows.size());
        ReportPlace middle = rows.get(100).place();
        assertThat(done(history.count(agent, kept.before(middle)))).isEqualTo(rows.size() - 101);
        assertThat(done(history.count(TestIds.agent(), kept))).isZero();
    }

    private List<StoredHeartbeat> allPages(int limit) {
        List<StoredHeartbeat> seen = new ArrayList<>();
        ReportSlice slice = kept;
        ReportPage<StoredHeartbeat> page = done(history.page(agent, slice, limit));
        seen.addAll(page.reports());
        while (page.more()) {
            assertThat(page.reports()).hasSize(limit);
            slice = slice.before(seen.get(seen.size() - 1).place());
            page = done(history.page(agent, slice, limit));
            seen.addAll(page.reports());
        }
        return seen;
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    private List<StoredHeartbeat> series(Instant newest, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> heartbeat(newest.minusSeconds(i), 10_000 - i))
                .toList();
    }

    private StoredHeartbeat heartbeat(Instant time, long offset) {
        return new StoredHeartbeat(agent, time, offset, new Heartbeat(HeartbeatMode.IDLE, offset));
    }

    private void write(List<StoredHeartbeat> rows) {
        all(rows.stream().map(heartbeats::write));
    }

    private static void all(Stream<? extends CompletionStage<?>> writes) {
        CompletableFuture.allOf(writes.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .join();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
