package io.agentstation.provisioner.sweep;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.agents.AgentLocks;
import io.agentstation.provisioner.agents.AgentRecords;
import io.agentstation.provisioner.agents.OwnedPartitions;
import io.agentstation.provisioner.cluster.StationObjects;
import io.agentstation.store.desired.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is on the cluster and should not be: left by a worker that died between an act and its verification. Covers this
 * station and its owned partitions only; deletes, by UID, what a row read at SERIAL says is removed, and what has been
 * without a row for an hour. Many at once, or a store without any row, stop it: then the store is wrong, not the cluster.
 */
public final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final AgentRecords records;
    private final StationObjects cluster;
    private final OwnedPartitions owned;
    private final AgentLocks locks;
    private final SweepRules rules;
    private final Clock clock;
    private final Map<AgentId, Instant> unknownSince = new HashMap<>();

    /** By these rules. */
    public Sweep(
            AgentRecords records,
            StationObjects cluster,
            OwnedPartitions owned,
            AgentLocks locks,
            SweepRules rules,
            Clock clock) {
        this.records = records;
        this.cluster = cluster;
        this.owned = owned;
        this.locks = locks;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Sweeps once; waits for cluster and store, and can be repeated at any time. One at a time.
     *
     * @throws io.agentstation.provisioner.cluster.ClusterFailure when the cluster refuses or does not answer
     * @throws io.agentstation.store.session.StoreUnavailable when Cassandra is away
     */
    public synchronized SweepReport sweep() {
        Set<Integer> partitions = owned.all();
        Map<AgentId, List<HasMetadata>> listed = Orphans.byAgent(cluster.listAll(), partitions);
        Orphans comparison = new Orphans(records);
        List<Orphan> orphans = comparison.among(listed, partitions);
        remember(orphans);
        String alarm = alarm(orphans.size(), listed.size(), comparison.rows());
        if (alarm != null) {
            log.atError()
                    .addKeyValue("orphans", orphans.size())
                    .addKeyValue("agents", listed.size())
                    .log(alarm);
            return new SweepReport(listed.size(), orphans.size(), 0, alarm);
        }
        int deleted = 0;
        for (Orphan orphan : orphans) {
            deleted += isCertain(orphan) && delete(orphan) ? 1 : 0;
        }
        return new SweepReport(listed.size(), orphans.size(), deleted, null);
    }

    private void remember(List<Orphan> orphans) {
        Set<AgentId> unknown = orphans.stream()
                .filter(orphan -> !orphan.removed())
                .map(Orphan::agent)
                .collect(Collectors.toSet());
        unknownSince.keySet().retainAll(unknown);
        for (AgentId agent : unknown) {
            if (unknownSince.putIfAbsent(agent, clock.instant()) == null) {
                log.atWarn()
                        .addKeyValue("agentId", agent)
                        .addKeyValue("unknownFor", rules.unknownFor())
                        .log("The cluster has objects of an agent that the store does not know;"
                                + " they are deleted when that lasts");
            }
        }
    }

    private @Nullable String alarm(int orphans, int agents, int rows) {
        if (orphans == 0) {
            return null;
        }
        if (rows == 0) {
            return "The store holds no agent, but the cluster does: nothing is swept. Has the keyspace been emptied or"
                    + " exchanged? Restore it, or delete the agents' objects by hand";
        }
        return orphans <= rules.limit(agents)
                ? null
                : "Too many agents on the cluster should not be there: nothing is swept. Compare the store with the"
                        + " cluster; if the store is right, delete the agents' objects by hand";
    }

    private boolean isCertain(Orphan orphan) {
        if (orphan.removed()) {
            return true;
        }
        Instant since = unknownSince.getOrDefault(orphan.agent(), clock.instant());
        return !since.plus(rules.unknownFor()).isAfter(clock.instant());
    }

    private boolean delete(Orphan orphan) {
        boolean[] done = new boolean[1];
        locks.run(orphan.agent(), () -> {
            // Once more under the lock: a command may have been folded in, or the partition may have moved.
            boolean living = records.find(orphan.partition(), orphan.agent())
                    .filter(row -> row.phase() != Phase.REMOVED)
                    .isPresent();
            if (!living && owned.contains(orphan.partition())) {
                orphan.objects().forEach(cluster::delete);
                done[0] = true;
                log.atWarn()
                        .addKeyValue("agentId", orphan.agent())
                        .addKeyValue("objects", orphan.objects().size())
                        .log("Swept away what was left of an agent");
            }
        });
        return done[0];
    }
}
