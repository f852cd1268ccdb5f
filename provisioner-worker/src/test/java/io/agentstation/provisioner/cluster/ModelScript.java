package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
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
import io.agentstation.provisioner.status.StatusQueue;
import io.agentstation.provisioner.status.StatusReports;
import io.agentstation.provisioner.sweep.Sweep;
import io.agentstation.provisioner.sweep.SweepRules;
import io.agentstation.provisioner.testing.ManualTimer;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;

/** What one worker does from its start to its end, with the real code, on the calls that it is given. */
interface ModelScript {

    /** Partition 1 is the only one. */
    int PARTITION = 1;

    /** Runs to the first call that has not been made, or to the end. */
    void run(ModelCalls calls);

    /** A command and its place in the log. */
    record Logged(AgentCommand command, long offset) {}

    /** Handles commands one after the other, with retries in between, as a worker that owns the partition or thinks so. */
    static ModelScript handling(List<Logged> commands) {
        return calls -> {
            Parts parts = new Parts(calls);
            parts.reconciliation.assigned(List.of());
            for (Logged logged : commands) {
                calls.forget();
                parts.handler.handle(logged.command(), PARTITION, logged.offset());
                parts.retry();
            }
        };
    }

    /**
     * Waits until the name is free, or is owned by an agent that has ended, as the gateway does before it accepts an agent; then
     * makes it the agent's.
     */
    static void claim(ModelCalls calls, String name, AgentId agent) {
        var unused = calls.call("claim", world -> {
            AgentId owner = world.names.get(name);
            boolean free = owner == null
                    || world.row(owner)
                            .filter(row -> row.phase() == Phase.REMOVED)
                            .isPresent();
            if (free) {
                world.names.put(name, agent);
            }
            return free ? Boolean.TRUE : null;
        });
    }

    /** Claims the name of its command for an agent as soon as it may, and handles the command. */
    static ModelScript creating(Logged create, String name) {
        return calls -> {
            claim(calls, name, create.command().agentId());
            handling(List.of(create)).run(calls);
        };
    }

    /** A worker that is given the partition: reads all commands again, walks, retries. */
    static ModelScript takingOver(List<Logged> commands) {
        return calls -> {
            Parts parts = new Parts(calls);
            for (Logged logged : commands) {
                calls.forget();
                parts.handler.handle(logged.command(), PARTITION, logged.offset());
            }
            calls.forget();
            parts.reconciliation.assigned(List.of(PARTITION));
            parts.retry();
            parts.retry();
        };
    }

    /** One sweep. */
    static ModelScript sweeping(SweepRules rules) {
        return calls -> sweep(calls, calls, rules);
    }

    /** The control: the real sweep, but it is given the rows as they were before it has looked at the cluster. */
    static ModelScript sweepingByEarlierRows(SweepRules rules) {
        return calls -> sweep(new EarlierRows(calls, calls.inPartition(PARTITION)), calls, rules);
    }

    private static void sweep(AgentRecords records, ModelCalls calls, SweepRules rules) {
        OwnedPartitions owned = new OwnedPartitions();
        owned.add(List.of(PARTITION));
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        KubernetesCluster cluster = new KubernetesCluster(calls, "agents");
        var unused = new Sweep(records, cluster, owned, Parts.LOCKS, rules, clock).sweep();
    }

    /** Rows that are not read again. */
    record EarlierRows(AgentRecords records, Iterable<DesiredAgent> rows) implements AgentRecords {

        @Override
        public Optional<DesiredAgent> find(int partition, AgentId agent) {
            return StreamSupport.stream(rows.spliterator(), false)
                    .filter(row -> row.agentId().equals(agent))
                    .findFirst();
        }

        @Override
        public Optional<DesiredAgent> glance(int partition, AgentId agent) {
            return find(partition, agent);
        }

        @Override
        public Iterable<DesiredAgent> inPartition(int partition) {
            return rows;
        }

        @Override
        public boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
            return records.write(read, next);
        }

        @Override
        public boolean confirmName(DesiredAgent agent) {
            return records.confirmName(agent);
        }

        @Override
        public boolean ownsName(DesiredAgent agent) {
            return records.ownsName(agent);
        }

        @Override
        public Map<String, String> environment(DesiredAgent agent) {
            return records.environment(agent);
        }

        @Override
        public void release(DesiredAgent agent) {
            records.release(agent);
        }
    }

    /** One worker put together from the real parts; only the calls to store and cluster are the model's. */
    final class Parts {

        private static final AgentLocks LOCKS = new AgentLocks();
        private static final ManifestSettings MANIFESTS = new ManifestSettings(
                "station-1", "agents", "example.org", URI.create("http://127.0.0.1:1"), null, null, null, "agent:1");
        private static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
        private static final int ROUNDS = 6;

        private final ManualTimer timer = new ManualTimer();
        final CommandHandler handler;
        final Reconciliation reconciliation;

        private final ModelCalls calls;

        Parts(ModelCalls calls) {
            this.calls = calls;
            OwnedPartitions owned = new OwnedPartitions();
            owned.add(List.of(PARTITION));
            RetryQueue queue = new RetryQueue(timer, 100);
            StatusReports reports = new StatusReports(new Unseen(), observation -> {}, queue::reason);
            // Never run: a status is no act.
            RememberedRecords records = new RememberedRecords(calls);
            StatusQueue status = new StatusQueue(records, new Unseen(), reports, LOCKS, owned, new ManualTimer());
            Reconciler reconciler = new Reconciler(records, new KubernetesCluster(calls, "agents"), MANIFESTS, KEY);
            RetryPace pace = RetryPace.of(Duration.ofSeconds(1), Duration.ofSeconds(60));
            AgentWork work =
                    new AgentWork(reconciler, records, observation -> {}, reports, status, queue, pace, new Random(1));
            handler = new CommandHandler(
                    records, new AgentTasks(work, LOCKS, Runnable::run, timer), observation -> {}, reports, LOCKS);
            reconciliation = new Reconciliation(records, work, LOCKS, owned, queue, status, reports, new ManualTimer());
        }

        void retry() {
            int round = 0;
            while (round < ROUNDS && !timer.delays().isEmpty()) {
                // Retries have time: garbage collection is done before the next.
                var unused = calls.call("time passes", world -> world.copy().collectGarbage() ? null : Boolean.TRUE);
                timer.runAll();
                round++;
            }
        }
    }

    /** A cache that has not been filled: statuses say nothing. */
    final class Unseen implements ClusterView {

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public Optional<Deployment> deployment(AgentId agent) {
            return Optional.empty();
        }

        @Override
        public List<GenericKubernetesResource> certificates(AgentId agent) {
            return List.of();
        }

        @Override
        public List<Pod> pods(AgentId agent) {
            return List.of();
        }
    }
}
