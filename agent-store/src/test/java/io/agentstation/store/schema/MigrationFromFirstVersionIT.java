package io.agentstation.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestMetrics;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestSpecs;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A keyspace that the first version made, with rows in it, under this version. */
class MigrationFromFirstVersionIT {

    private static final List<Migration> FIRST = Migration.all().subList(0, 1);
    private static final List<String> LATER =
            Migration.all().stream().skip(1).map(Migration::version).toList();
    private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");

    private final StoreSettings settings = TestStore.settings(
            "from_v001_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    private final AgentId agent = TestIds.agent();

    @BeforeEach
    void aKeyspaceOfTheFirstVersionWithRows() {
        assertThat(SchemaMigrations.apply(settings, FIRST)).containsExactly("V001__first_tables");
        insert(
                "agents (agent_id, spec, state, health, sequence, last_heartbeat_at, last_heartbeat_mode)"
                        + " VALUES (?, ?, 'ACTIVE', 'healthy', 3, ?, 'IDLE')",
                agent.value(),
                Wire.writeText(TestSpecs.named("old")),
                THEN);
        insert(
                "heartbeats (agent_id, day, append_time, record_offset, mode, uptime_seconds)"
                        + " VALUES (?, '2026-11-22', ?, 7, 'IDLE', 1.5)",
                agent.value(),
                THEN);
        insert(
                "metrics (agent_id, day, append_time, record_offset, cpu_percent, memory_mb, requests_handled,"
                        + " custom_metrics) VALUES (?, '2026-11-22', ?, 8, 1.5, 2.5, 3, '{\"depth\":4}')",
                agent.value(),
                THEN);
        insert(
                "lifecycle_events (agent_id, sequence, event_id, event_type, from_state, to_state, health,"
                        + " triggered_by, occurred_at, metadata)"
                        + " VALUES (?, 3, uuid(), 'ACTIVATED', 'PROVISIONED', 'ACTIVE', 'healthy', 'system', ?, '{}')",
                agent.value(),
                THEN);
    }

    @AfterEach
    void dropKeyspace() {
        execute("DROP KEYSPACE IF EXISTS " + settings.keyspace());
    }

    @Test
    void everyLaterMigrationIsAppliedEveryRowIsStillReadAndThereIsNoWayBack() {
        assertThat(LATER).isNotEmpty();

        assertThat(SchemaMigrations.apply(settings)).isEqualTo(LATER);

        try (Store store = StoreSession.open(settings)) {
            var row = new Agents(store).find(agent).orElseThrow();
            assertThat(row.spec()).isEqualTo(TestSpecs.named("old"));
            assertThat(row.state()).isEqualTo(AgentState.ACTIVE);
            assertThat(row.lastHeartbeatMode()).isEqualTo(HeartbeatMode.IDLE);
            assertThat(done(new Heartbeats(store).latest(agent, THEN, 10)))
                    .singleElement()
                    .satisfies(heartbeat ->
                            assertThat(heartbeat.heartbeat().uptimeSeconds()).isEqualTo(1.5));
            assertThat(done(new Metrics(store).latest(agent, THEN, 10)))
                    .singleElement()
                    .satisfies(report ->
                            assertThat(report.report().customMetrics()).containsEntry("depth", 4));
            assertThat(done(new LifecycleEvents(store).of(agent)).stream().map(StoredEvent::sequence))
                    .containsExactly(3L);

            done(new LatestReports(store)
                    .ofMetrics(List.of(new StoredMetrics(agent, THEN, 8, new MetricsReport(1, 2, 3, null))))
                    .get(0)
                    .start()
                    .get());

            var shown = done(new LatestReports(store).addTo(row));
            assertThat(shown.lastMetrics()).isEqualTo(new LatestMetrics(THEN, 1, 2, 3));
            // The agent has been silent since: its newest heartbeat is where the first version wrote it.
            assertThat(shown.lastHeartbeatAt()).isEqualTo(THEN);
        }
        assertThatThrownBy(() -> SchemaMigrations.apply(settings, FIRST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(LATER.get(0));
    }

    @Test
    void ofSeveralServicesThatStartAtOnceOneMigrates() throws Exception {
        int starters = 4;
        ExecutorService services = Executors.newFixedThreadPool(starters);
        try {
            Callable<List<String>> start = () -> SchemaMigrations.apply(settings);
            List<List<String>> applied = new ArrayList<>();
            for (Future<List<String>> service : services.invokeAll(Collections.nCopies(starters, start))) {
                applied.add(service.get());
            }

            assertThat(applied).containsExactlyInAnyOrder(LATER, List.of(), List.of(), List.of());
        } finally {
            services.shutdownNow();
        }
    }

    private void insert(String columnsAndValues, Object... values) {
        TestStore.session().execute("INSERT INTO " + settings.keyspace() + "." + columnsAndValues, values);
    }

    private static void execute(String cql) {
        TestStore.session()
                .execute(SimpleStatement.newInstance(cql).setExecutionProfileName(StoreSession.SCHEMA_PROFILE));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
