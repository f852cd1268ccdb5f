package io.agentstation.telemetry.availability;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.store.rollups.Availability;
import io.agentstation.store.rollups.LogPlace;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row an hour: of a batch the newest of each, which is all that a row can hold. */
public final class HourRows implements Rows<AvailabilityHour> {

    private final Availability availability;

    public HourRows(Availability availability) {
        this.availability = availability;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<AvailabilityHour>> batch) {
        Map<Window, LogRecord<AvailabilityHour>> newest = new LinkedHashMap<>();
        batch.forEach(
                record -> newest.put(new Window(record.agent(), record.message().hourStart()), record));
        return List.of(newest.values().stream().map(this::row).toList());
    }

    private record Window(AgentId agent, Instant start) {}

    private Write row(LogRecord<AvailabilityHour> record) {
        LogPlace place = new LogPlace(record.appendTime(), record.offset());
        return Write.of("availability_hours", () -> availability.write(record.agent(), record.message(), place));
    }
}
