package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.observations.Observation;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.fold.Fold;
import io.agentstation.provisioner.observations.Observations;
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.provisioner.status.StatusReports;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one agent towards its desired state and publishes the outcome of every command that waits for one.
 *
 * <p>Never waits for a cluster to change: what is not done at once goes to the retry queue.
 */
public final class AgentWork {

    private static final Logger log = LoggerFactory.getLogger(AgentWork.class);

    // About a minute of patience with pods that end: 15 s of growing waits, then 5 s each.
    private static final int ATTEMPTS_BEFORE_SAYING_SO = 18;

    private final Reconciler reconciler;
    private final AgentRecords records;
    private final Observations observations;
    private final StatusReports reports;
    private final StatusQueue status;
    private final RetryQueue queue;
    private final RetryPace pace;
    private final RandomGenerator random;

    /** With the pace of its retries. */
    public AgentWork(
            Reconciler reconciler,
            AgentRecords records,
            Observations observations,
            StatusReports reports,
            StatusQueue status,
            RetryQueue queue,
            RetryPace pace,
            RandomGenerator random) {
        this.reconciler = reconciler;
        this.records = records;
        this.observations = observations;
        this.reports = reports;
        this.status = status;
        this.queue = queue;
        this.pace = pace;
        this.random = random;
    }

    /**
     * Acts once, and returns when every outcome that is due has been acknowledged by Kafka or the agent is queued.
     *
     * <p>The caller holds the agent's lock.
     *
     * @param asked commands that wait for the outcome, besides those that are queued
     */
    public void act(DesiredAgent agent, List<Asked> asked) {
        long version = queue.version(agent.agentId());
        Unfinished earlier =
                queue.of(agent.agentId()).orElseGet(() -> Unfinished.toLookAt(agent.partition(), agent.agentId()));
        Unfinished now = earlier.with(asked);
        List<Asked> fresh = asked.stream()
                .filter(command -> !earlier.asked().contains(command))
                .toList();
        Runnable consequence = reconciler
                .reconcile(agent, earlier.attempts() > 0)
                .match(new Result.Cases<Runnable>(
                        applied -> () -> finish(applied, now, version),
                        removed -> () -> bury(removed, now),
                        removing -> () -> goOn(removing, now),
                        failed -> () -> fail(failed, now, fresh)));
        consequence.run();
    }

    private void finish(Result.Applied result, Unfinished now, long version) {
        now.asked().forEach(asked -> observations.publish(Outcome.of(result, asked)));
        queue.settle(now.agent(), version);
        if (now.reason() != null) {
            status.mark(now.agent(), now.partition());
        }
    }

    /** Publishes before the row says REMOVED: a crash in between removes, and publishes, once more; never too little. */
    private void bury(Result.Removed result, Unfinished now) {
        DesiredAgent agent = result.agent();
        if (agent.phase() != Phase.REMOVED) {
            reports.reportGone(agent);
        }
        now.asked().forEach(asked -> observations.publish(Outcome.of(result, asked)));
        if (agent.phase() != Phase.REMOVED && !records.write(Optional.of(agent), Fold.removed(agent))) {
            log.atInfo().addKeyValue("agentId", agent.agentId()).log("Another command overtook the removal");
        }
        queue.clear(now.agent());
    }

    private void goOn(Result.Removing result, Unfinished now) {
        Unfinished next = now.triedAgain(result.reason());
        if (next.attempts() == ATTEMPTS_BEFORE_SAYING_SO) {
            tell(next.asked(), result.agent(), result.reason(), true);
        }
        queue.put(next, pace.removal().delay(now.attempts(), random));
    }

    private void fail(Result.Failed result, Unfinished now, List<Asked> fresh) {
        boolean repeated = result.reason().equals(now.told());
        tell(repeated ? fresh : now.asked(), result.agent(), result.reason(), result.retrying());
        Unfinished next = now.triedAgain(result.reason()).toldOf(result.reason());
        if (result.retrying()) {
            Duration backoff = pace.failure().delay(now.attempts(), random);
            queue.put(next, backoff.compareTo(result.notBefore()) < 0 ? result.notBefore() : backoff);
        } else {
            queue.park(next);
        }
        if (!repeated) {
            log.atWarn()
                    .addKeyValue("agentId", now.agent())
                    .addKeyValue("retrying", result.retrying())
                    .addKeyValue("reason", result.reason())
                    .log("Agent could not be made as desired");
            status.mark(now.agent(), now.partition());
        }
    }

    private void tell(List<Asked> commands, DesiredAgent agent, String reason, boolean retrying) {
        for (Asked asked : commands) {
            Observation failed = Outcome.failed(agent, asked, reason, retrying);
            observations.publish(failed);
        }
    }
}
