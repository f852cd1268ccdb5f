package io.agentstation.telemetry.rollups;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.metrics.MetricsRollup;
import io.agentstation.contracts.metrics.MetricsRollup.Resolution;
import io.agentstation.store.rollups.LogPlace;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row a window: of a batch the newest of each, which is all that a row can hold. */
public final class RollupRows implements Rows<MetricsRollup> {

    private final MetricsRollups rollups;

    public RollupRows(MetricsRollups rollups) {
        this.rollups = rollups;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<MetricsRollup>> batch) {
        Map<Window, LogRecord<MetricsRollup>> newest = new LinkedHashMap<>();
        batch.forEach(record -> newest.put(
                new Window(
                        record.agent(),
                        record.message().resolution(),
                        record.message().windowStart()),
                record));
        return List.of(newest.values().stream().map(this::row).toList());
    }

    private record Window(AgentId agent, Resolution resolution, Instant start) {}

    private Write row(LogRecord<MetricsRollup> record) {
        String table = record.message().resolution() == Resolution.MINUTE ? "metrics_minutes" : "metrics_hours";
        LogPlace place = new LogPlace(record.appendTime(), record.offset());
        return Write.of(table, () -> rollups.write(record.agent(), record.message(), place));
    }
}
