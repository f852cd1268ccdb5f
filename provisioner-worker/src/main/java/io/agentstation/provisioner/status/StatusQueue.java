package io.agentstation.provisioner.status;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents whose status may have changed, each once however often it is marked; reported soon after, for owned partitions.
 * Level-triggered: what is reported is read when its turn comes.
 */
public final class StatusQueue {

    private static final Logger log = LoggerFactory.getLogger(StatusQueue.class);

    // A start of a pod is several events within milliseconds; they become one report.
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration UNTIL_COMPLETE = Duration.ofMillis(500);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);

    private final RememberedRecords records;
    private final ClusterView cluster;
    private final StatusReports reports;
    private final AgentLocks locks;
    private final OwnedPartitions owned;
    private final ScheduledExecutorService threads;
    private final Set<AgentId> marked = ConcurrentHashMap.newKeySet();

    /** With the threads that report. */
    public StatusQueue(
            RememberedRecords records,
            ClusterView cluster,
            StatusReports reports,
            AgentLocks locks,
            OwnedPartitions owned,
            ScheduledExecutorService threads) {
        this.records = records;
        this.cluster = cluster;
        this.reports = reports;
        this.locks = locks;
        this.owned = owned;
        this.threads = threads;
    }

    /** The agent's status may have changed; returns at once. */
    public void mark(AgentId agent, int partition) {
        mark(agent, partition, SOON);
    }

    private void mark(AgentId agent, int partition, Duration delay) {
        if (owned.contains(partition) && marked.add(agent)) {
            var unused = threads.schedule(() -> look(agent, partition), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look(AgentId agent, int partition) {
        marked.remove(agent);
        try {
            if (!cluster.isComplete()) {
                mark(agent, partition, UNTIL_COMPLETE);
            } else if (!locks.tryRun(agent, () -> report(agent, partition))) {
                mark(agent, partition);
            }
        } catch (StoreUnavailable | ObservationsUnavailable e) {
            log.atWarn().addKeyValue("agentId", agent).setCause(e).log("Status not published, will be repeated");
            mark(agent, partition, AFTER_OUTAGE);
        }
    }

    private void report(AgentId agent, int partition) {
        if (owned.contains(partition)) {
            records.phase(agent)
                    .or(() -> records.find(partition, agent).map(DesiredAgent::phase))
                    .filter(phase -> phase != Phase.REMOVED)
                    .ifPresent(phase -> reports.report(agent, partition, phase));
        }
    }
}
