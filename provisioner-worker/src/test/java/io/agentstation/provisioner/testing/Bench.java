package io.agentstation.provisioner.testing;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.agents.RememberedRecords;
import io.agentstation.provisioner.commands.CommandHandler;
import io.agentstation.provisioner.objects.ManifestSettings;
import io.agentstation.provisioner.reconciliation.AgentTasks;
import io.agentstation.provisioner.reconciliation.AgentWork;
import io.agentstation.provisioner.reconciliation.Reconciler;
import io.agentstation.provisioner.reconciliation.Reconciliation;
import io.agentstation.provisioner.reconciliation.RetryPace;
import io.agentstation.provisioner.reconciliation.RetryQueue;
import io.agentstation.provisioner.reconciliation.WatchedChanges;
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.provisioner.status.StatusReports;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** One worker put together on fakes, with partition 1 as its own. */
public final class Bench {

    public static final int PARTITION = 1;

    public final FakeRecords records;
    public final FakeCluster cluster;
    public final RecordedObservations observations = new RecordedObservations();
    public final ManualTimer retries = new ManualTimer();
    public final ManualTimer statuses = new ManualTimer();
    public final ManualTimer walks = new ManualTimer();
    public final RememberedRecords remembered;
    public final RetryQueue queue;
    public final StatusReports reports;
    public final AgentTasks tasks;
    public final CommandHandler handler;
    public final Reconciliation reconciliation;
    public final WatchedChanges changes;

    private long nextOffset;

    /** A worker with a store and a cluster of its own. */
    public Bench() {
        this(new FakeRecords(), new FakeCluster(), 100);
    }

    /** A worker that acts on agents when the executor has it do so. */
    public Bench(Executor acts) {
        this(new FakeRecords(), new FakeCluster(), 100, acts);
    }

    /** A worker beside others, or after one. */
    public Bench(FakeRecords records, FakeCluster cluster, int capacity) {
        this(records, cluster, capacity, Runnable::run);
    }

    private Bench(FakeRecords records, FakeCluster cluster, int capacity, Executor acts) {
        this.records = records;
        this.cluster = cluster;
        AgentLocks locks = new AgentLocks();
        OwnedPartitions owned = new OwnedPartitions();
        queue = new RetryQueue(retries, capacity);
        reports = new StatusReports(cluster, observations, queue::reason);
        remembered = new RememberedRecords(records);
        StatusQueue status = new StatusQueue(remembered, cluster, reports, locks, owned, statuses);
        Reconciler reconciler = new Reconciler(remembered, cluster, manifests(), key());
        RetryPace pace = RetryPace.of(Duration.ofSeconds(1), Duration.ofSeconds(60));
        AgentWork work =
                new AgentWork(reconciler, remembered, observations, reports, status, queue, pace, new Random(1));
        tasks = new AgentTasks(work, locks, acts, retries);
        handler = new CommandHandler(remembered, tasks, observations, reports, locks);
        reconciliation = new Reconciliation(remembered, work, locks, owned, queue, status, reports, walks);
        changes = new WatchedChanges(owned, remembered, cluster, queue, status);
        reconciliation.assigned(List.of(PARTITION));
    }

    /** Handles a command at the next offset; returns whether it has come to its end. */
    public boolean handle(AgentCommand command) {
        return handle(command, nextOffset++);
    }

    /** Handles a command at this offset; returns whether it has come to its end. */
    public boolean handle(AgentCommand command, long offset) {
        return handler.handle(command, PARTITION, offset).toCompletableFuture().isDone();
    }

    private static ManifestSettings manifests() {
        return new ManifestSettings(
                "station-1",
                "agents",
                "example.org",
                URI.create("http://127.0.0.1:8080"),
                null,
                null,
                null,
                "station-agent:1");
    }

    private static StationKey key() {
        return StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
    }
}
