package io.agentstation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.embedded.SharedCassandra;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import io.agentstation.telemetry.fixtures.Keyspaces;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.heartbeats.HeartbeatRows;
import io.agentstation.telemetry.metrics.MetricsRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What agents' details say is written before the history, in whose order nobody waits. */
class NewestFirstIT {

    private static final int AGENTS = 200;

    @Test
    void theNewestOfAPollAreWrittenBeforeItsHistory() {
        StoreSettings settings = Keyspaces.fresh(SharedCassandra.get());
        SchemaMigrations.apply(settings);
        try (Store store = StoreSession.open(settings)) {
            LatestReports latest = new LatestReports(store);

            assertThat(tables(new HeartbeatRows(new Heartbeats(store), latest), new Heartbeat(HeartbeatMode.IDLE, 1)))
                    .containsExactly("latest_reports", "heartbeats");
            assertThat(tables(new MetricsRows(new Metrics(store), latest), new MetricsReport(1, 2, 3, Map.of())))
                    .containsExactly("latest_reports", "metrics");
        }
    }

    /** Each table as often as the writes change to it. */
    private static <M> List<String> tables(Rows<M> rows, M message) {
        long now = Instant.now().toEpochMilli();
        List<LogRecord<M>> poll = LongStream.range(0, AGENTS)
                .mapToObj(i -> new LogRecord<>(Messages.agent(), message, now, i))
                .toList();
        List<List<Write>> steps = rows.of(poll);
        assertThat(steps).as("neither waits for the other").hasSize(1);
        List<String> tables = steps.get(0).stream().map(Write::table).toList();
        return LongStream.range(0, tables.size())
                .mapToInt(Math::toIntExact)
                .filter(i -> i == 0 || !tables.get(i).equals(tables.get(i - 1)))
                .mapToObj(tables::get)
                .toList();
    }
}
