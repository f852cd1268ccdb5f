package io.agentstation.webhooks.lanes;

import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledExecutorService;

/** What the lanes of all partitions share. */
record LaneTools(
        LaneTables tables,
        Sender sender,
        AttemptLog log,
        EndpointHealth health,
        EndpointGates gates,
        Recoveries recoveries,
        RetryPolicy policy,
        LaneSettings settings,
        Clock clock,
        ScheduledExecutorService executor) {

    /** The time, as finely as it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
