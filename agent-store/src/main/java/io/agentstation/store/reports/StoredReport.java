package io.agentstation.store.reports;

import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;

/** A report as it is kept. */
public sealed interface StoredReport permits StoredHeartbeat, StoredMetrics {

    /** Whose it is. */
    AgentId agent();

    /** When the broker appended it. */
    Instant appendTime();

    /** Of its record in the agent's partition. */
    long offset();

    /** Where it lies in the agent's history. */
    default ReportPlace place() {
        return new ReportPlace(appendTime(), offset());
    }
}
