package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.OwnedPartitions;
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
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

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

    /** Waits until the name is free, as the gateway does before it accepts an agent, then makes it the agent's. */
    static void claim(ModelCalls calls, String name, AgentId agent) {
        var unused = calls.call("claim", world -> {
            boolean free = !world.names.containsKey(name);
            if (free) {
                world.names.put(name, agent);
            }
            return free ? Boolean.TRUE : null;
        });
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
        return calls -> {
            OwnedPartitions owned = new OwnedPartitions();
            owned.add(List.of(PARTITION));
            Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
            KubernetesCluster cluster = new KubernetesCluster(calls, "agents");
            var unused = new Sweep(calls, cluster, owned, Parts.LOCKS, rules, clock).sweep();
        };
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
            StatusQueue status = new StatusQueue(calls, new Unseen(), reports, LOCKS, owned, new ManualTimer());
            Reconciler reconciler = new Reconciler(calls, new KubernetesCluster(calls, "agents"), MANIFESTS, KEY);
            RetryPace pace = RetryPace.of(Duration.ofSeconds(1), Duration.ofSeconds(60));
            AgentWork work =
                    new AgentWork(reconciler, calls, observation -> {}, reports, status, queue, pace, new Random(1));
            handler = new CommandHandler(
                    calls,
                    new AgentTasks(work, LOCKS, queue, Runnable::run, Duration.ofSeconds(1)),
                    observation -> {},
                    reports,
                    LOCKS);
            reconciliation = new Reconciliation(calls, work, LOCKS, owned, queue, status, reports, new ManualTimer());
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
