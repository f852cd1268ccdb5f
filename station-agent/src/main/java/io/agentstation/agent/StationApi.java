package io.agentstation.agent;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.metrics.MetricsReport;
import java.util.concurrent.CompletableFuture;

/**
 * The two calls an agent makes to its Station.
 *
 * <p>Neither blocks nor throws: a call that got no answer completes exceptionally. The caller may cancel a call that
 * takes too long.
 */
interface StationApi {

    /** Sends one heartbeat. */
    CompletableFuture<StationAnswer> heartbeat(Heartbeat heartbeat);

    /** Sends one metrics report. */
    CompletableFuture<StationAnswer> metrics(MetricsReport report);
}
