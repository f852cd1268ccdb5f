package io.agentstation.provisioner.reconciliation;

import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.observations.ObservationsUnavailable;
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.provisioner.status.StatusReports;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.agentstation.store.session.StoreUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that brings agents back to their desired state without a command: the walk of the owned partitions' rows on
 * assignment and at intervals, and the retries. Level-triggered, so that a crash loses nothing.
 */
public final class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);

    private final RememberedRecords records;
    private final AgentWork work;
    private final AgentLocks locks;
    private final OwnedPartitions owned;
    private final RetryQueue queue;
    private final StatusQueue status;
    private final StatusReports reports;
    private final ScheduledExecutorService walker;

    /** With the thread that walks. */
    public Reconciliation(
            RememberedRecords records,
            AgentWork work,
            AgentLocks locks,
            OwnedPartitions owned,
            RetryQueue queue,
            StatusQueue status,
            StatusReports reports,
            ScheduledExecutorService walker) {
        this.records = records;
        this.work = work;
        this.locks = locks;
        this.owned = owned;
        this.queue = queue;
        this.status = status;
        this.reports = reports;
        this.walker = walker;
        queue.attemptBy(this::retry);
    }

    /** Walks all owned partitions at this interval from now on. */
    public void walkEvery(Duration interval) {
        var unused = walker.scheduleWithFixedDelay(
                () -> walk(owned.all(), queue.takeOverflowed()),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The partitions are this process's own: walks them, and says again what became of each agent's newest command. */
    public void assigned(Collection<Integer> partitions) {
        records.forget(partitions);
        owned.add(partitions);
        Set<Integer> walked = Set.copyOf(partitions);
        walker.execute(() -> walk(walked, true));
    }

    /** The partitions are another process's. */
    public void revoked(Collection<Integer> partitions) {
        owned.remove(partitions);
        queue.drop(partitions);
        reports.forget(partitions);
        records.forget(partitions);
    }

    private void walk(Set<Integer> partitions, boolean announce) {
        for (int partition : partitions) {
            try {
                walk(partition, announce);
            } catch (StoreUnavailable | ObservationsUnavailable e) {
                log.atWarn().addKeyValue("partition", partition).setCause(e).log("Walk interrupted, will be repeated");
                var unused = walker.schedule(
                        () -> walk(Set.of(partition), announce), AFTER_OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) {
                // An exception that left this method would end all further walks.
                log.atError()
                        .addKeyValue("partition", partition)
                        .setCause(e)
                        .log("Defect in a walk, the next begins anew");
            }
        }
    }

    private void walk(int partition, boolean announce) {
        for (DesiredAgent row : records.inPartition(partition)) {
            if (!owned.contains(partition)) {
                return;
            }
            if (row.phase() != Phase.REMOVED) {
                locks.run(row.agentId(), () -> visit(row, announce));
                status.mark(row.agentId(), partition);
            }
        }
    }

    private void visit(DesiredAgent row, boolean announce) {
        records.find(row.partition(), row.agentId())
                .filter(agent -> agent.phase() != Phase.REMOVED)
                .ifPresent(agent ->
                        actOrLog(agent, () -> work.act(agent, announce ? List.of(Asked.by(agent)) : List.of())));
    }

    /** A defect that one agent meets must not end the walk for the others, nor vanish in a thread pool. */
    private static void actOrLog(DesiredAgent agent, Runnable act) {
        try {
            act.run();
        } catch (StoreUnavailable | ObservationsUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("agentId", agent.agentId())
                    .addKeyValue("generation", agent.generation())
                    .setCause(e)
                    .log("Defect while an agent was made as desired; the next walk tries again");
        }
    }

    private void retry(Unfinished unfinished) {
        try {
            locks.run(unfinished.agent(), () -> retryNow(unfinished));
        } catch (StoreUnavailable | ObservationsUnavailable e) {
            log.atWarn()
                    .addKeyValue("agentId", unfinished.agent())
                    .setCause(e)
                    .log("Retry interrupted, will be repeated");
            queue.put(queue.of(unfinished.agent()).orElse(unfinished), AFTER_OUTAGE);
        }
    }

    private void retryNow(Unfinished unfinished) {
        if (queue.of(unfinished.agent()).isEmpty()) {
            return;
        }
        int partition = unfinished.partition();
        // An act is verified afterwards; that there is nobody to act for is not.
        records.glance(partition, unfinished.agent())
                .or(() -> records.find(partition, unfinished.agent()))
                .filter(agent -> owned.contains(agent.partition()))
                .ifPresentOrElse(
                        agent -> actOrLog(agent, () -> work.act(agent, List.of())),
                        () -> queue.clear(unfinished.agent()));
    }
}
