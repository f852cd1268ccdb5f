package io.agentstation.store.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.session.Retention;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long rows live, and which timestamp they have. */
class RetentionIT {

    private static final Instant NOW = Instant.parse("2026-11-22T12:30:00.250Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int SLACK_S = 600;
    private static final Store STORE = storeThatKeeps(HOUR, HOUR.multipliedBy(2));

    private final AgentId agent = TestIds.agent();

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void aRowHasItsAppendTimeAsTimestampAndWhatIsLeftOfItsRetentionToLive() {
        heartbeats(NOW)
                .write(heartbeat(NOW.minusSeconds(1_200)))
                .toCompletableFuture()
                .join();
        metrics(NOW)
                .write(report(NOW.minusSeconds(1_200)))
                .toCompletableFuture()
                .join();

        Row heartbeat = stored("heartbeats", "uptime_seconds");
        Row report = stored("metrics", "custom_metrics");

        assertThat(heartbeat.getLong(0)).isEqualTo(NOW.minusSeconds(1_200).toEpochMilli() * 1_000);
        assertThat(report.getLong(0)).isEqualTo(NOW.minusSeconds(1_200).toEpochMilli() * 1_000);
        assertThat(heartbeat.getInt(1)).isBetween(2_401 - SLACK_S, 2_401);
        assertThat(report.getInt(1)).isBetween(6_001 - SLACK_S, 6_001);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aReplayIsTheSameRowAndLivesNoLonger(int rowsInABatch) {
        Instant appended = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        List<StoredMetrics> rows = IntStream.range(0, rowsInABatch)
                .mapToObj(i -> report(appended.minusMillis(i)))
                .toList();
        Metrics metrics = new Metrics(STORE);
        writeAll(metrics, rows);
        int atFirst = secondsLeft(appended);
        await().atMost(Duration.ofSeconds(30)).until(() -> secondsLeft(appended) <= atFirst - 3);

        writeAll(metrics, rows);

        // A second of slack: one of the two may have been on its way while a second ended.
        assertThat(secondsLeft(appended)).isLessThanOrEqualTo(atFirst - 2);
        assertThat(metrics.latest(agent, appended, 10).toCompletableFuture().join())
                .isEqualTo(rows);
    }

    /** Negative control: with the driver's timestamp and the table's time to live each replay begins a new life. */
    @Test
    void withoutAnExplicitTimestampAReplayWouldLiveAsLongAsANewRow() {
        TestStore.session()
                .execute(
                        "INSERT INTO heartbeats (agent_id, day, append_time, record_offset, uptime_seconds)"
                                + " VALUES (?, '2026-11-22', ?, 1, 1)",
                        agent.value(),
                        NOW.minus(Duration.ofDays(6)));

        assertThat(stored("heartbeats", "uptime_seconds").getInt(1)).isGreaterThan(604_800 - SLACK_S);
    }

    @Test
    void aRowOlderThanItsRetentionIsOnItsWayOut() {
        heartbeats(NOW)
                .write(heartbeat(NOW.minus(Duration.ofDays(2))))
                .toCompletableFuture()
                .join();

        assertThat(TestStore.session()
                        .execute(
                                "SELECT TTL(uptime_seconds) FROM heartbeats WHERE agent_id = ?"
                                        + " AND day = '2026-11-20'",
                                agent.value())
                        .all())
                .allSatisfy(row -> assertThat(row.getInt(0)).isLessThanOrEqualTo(1));
    }

    @Test
    void whatIsOlderThanTheRetentionIsNotLookedFor() {
        Heartbeats keptLonger = new Heartbeats(TestStore.get(), InstantSource.fixed(NOW));
        keptLonger
                .write(heartbeat(NOW.minus(Duration.ofDays(3))))
                .toCompletableFuture()
                .join();

        assertThat(keptLonger.latest(agent, NOW, 10).toCompletableFuture().join())
                .hasSize(1);
        assertThat(heartbeats(NOW).latest(agent, NOW, 10).toCompletableFuture().join())
                .isEmpty();
    }

    private static Store storeThatKeeps(Duration heartbeats, Duration metrics) {
        // Makes the keyspace, should this be the first test.
        TestStore.get();
        StoreSettings shared = TestStore.settings(TestStore.keyspace());
        return StoreSession.open(new StoreSettings(
                shared.contactPoints(),
                shared.localDatacenter(),
                shared.keyspace(),
                shared.replicationFactor(),
                shared.requestTimeout(),
                new Retention(heartbeats, metrics, null, null)));
    }

    private static Heartbeats heartbeats(Instant now) {
        return new Heartbeats(STORE, InstantSource.fixed(now));
    }

    private static Metrics metrics(Instant now) {
        return new Metrics(STORE, InstantSource.fixed(now));
    }

    private static void writeAll(Metrics metrics, List<StoredMetrics> rows) {
        metrics.writes(rows)
                .forEach(write -> write.start().get().toCompletableFuture().join());
    }

    private StoredHeartbeat heartbeat(Instant at) {
        return new StoredHeartbeat(agent, at, 1, new Heartbeat(HeartbeatMode.IDLE, 1));
    }

    private StoredMetrics report(Instant at) {
        return new StoredMetrics(agent, at, at.toEpochMilli(), new MetricsReport(1, 2, 3, null));
    }

    private int secondsLeft(Instant appended) {
        return TestStore.session()
                .execute(
                        "SELECT TTL(custom_metrics) FROM metrics WHERE agent_id = ? AND day = ? AND append_time = ?",
                        agent.value(),
                        ReportDay.dayOf(appended),
                        appended)
                .one()
                .getInt(0);
    }

    /** Timestamp and remaining seconds of a column of the agent's first row on the test's day. */
    private Row stored(String table, String column) {
        CqlSession session = TestStore.session();
        return session.execute(
                        "SELECT WRITETIME(" + column + "), TTL(" + column + ") FROM " + table
                                + " WHERE agent_id = ? AND day = '2026-11-22' LIMIT 1",
                        agent.value())
                .one();
    }
}
