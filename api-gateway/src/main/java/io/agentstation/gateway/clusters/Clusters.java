package io.agentstation.gateway.clusters;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.gateway.kafka.CompactedTail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The newest report of the cluster, if a provisioner lives that writes it. */
public final class Clusters {

    // A provisioner reports every 5 s; clocks of hosts may differ by some seconds.
    private static final Duration WORTH = Duration.ofSeconds(60);

    private final CompactedTail<ClusterReport> reports;
    private final InstantSource clock;

    Clusters(CompactedTail<ClusterReport> reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** The report; empty when there is none, or none of the last minute: what it says may have changed since. */
    public Optional<ClusterReport> current() {
        return reports.newest(ClusterReport.DEFAULT_CLUSTER)
                .filter(report -> report.at().plus(WORTH).isAfter(clock.instant()));
    }
}
