package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;
import java.time.LocalDate;

/** The partition of a report: an agent's day, in UTC by the broker's append time. */
record ReportDay(AgentId agent, LocalDate day) {

    private static final long SECONDS = 86_400;

    static ReportDay of(AgentId agent, Instant appendTime) {
        return new ReportDay(agent, dayOf(appendTime));
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS));
    }

    /** The write timestamp of a row, microseconds: the append time, so that a replay lands in its own compaction window. */
    static long clockOf(Instant appendTime) {
        return appendTime.toEpochMilli() * 1_000;
    }
}
