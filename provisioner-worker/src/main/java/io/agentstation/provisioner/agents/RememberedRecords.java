package io.agentstation.provisioner.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.desired.DesiredAgent;
import io.agentstation.store.desired.Phase;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The records, and of the agents of owned partitions what this process saw in them last: enough to report a status, and to know
 * that a name need not be confirmed again, without another linearizable read or write.
 *
 * <p>Rows are written by their partition's owner. A process that has lost the partition and does not know it yet may still
 * write one: a status is then told with the old phase until the row is read again, by its next command or walk. A name that
 * was confirmed is only ever given up by a removal, whose row says so before, and every act reads its row again. Nothing is
 * decided by what is remembered here but whether to ask. Thread-safe; one agent's calls come one after another.
 */
public final class RememberedRecords implements AgentRecords {

    private final AgentRecords records;
    private final Map<AgentId, Known> known = new ConcurrentHashMap<>();

    private record Known(int partition, Phase phase, boolean nameConfirmed) {}

    /** Over these. */
    public RememberedRecords(AgentRecords records) {
        this.records = records;
    }

    /** The phase as last read or written here; empty when it is not remembered, or REMOVED. */
    public Optional<Phase> phase(AgentId agent) {
        return Optional.ofNullable(known.get(agent)).map(Known::phase);
    }

    /** These partitions are gained or lost: what was seen in them may no longer be so. */
    public void forget(Collection<Integer> partitions) {
        known.values().removeIf(agent -> partitions.contains(agent.partition()));
    }

    @Override
    public Optional<DesiredAgent> find(int partition, AgentId agent) {
        Optional<DesiredAgent> found = records.find(partition, agent);
        found.ifPresentOrElse(this::remember, () -> known.remove(agent));
        return found;
    }

    /** Not remembered: it may be older than what is. */
    @Override
    public Optional<DesiredAgent> glance(int partition, AgentId agent) {
        return records.glance(partition, agent);
    }

    @Override
    public boolean write(Optional<DesiredAgent> read, DesiredAgent next) {
        boolean written = records.write(read, next);
        if (written) {
            remember(next);
        }
        return written;
    }

    @Override
    public Iterable<DesiredAgent> inPartition(int partition) {
        return records.inPartition(partition);
    }

    @Override
    public boolean confirmName(DesiredAgent agent) {
        Known before = known.get(agent.agentId());
        if (before != null && before.nameConfirmed()) {
            return true;
        }
        boolean confirmed = records.confirmName(agent);
        named(agent, confirmed);
        return confirmed;
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
        // Before: whether a release without an answer was carried out is unknown.
        named(agent, false);
        records.release(agent);
    }

    private void named(DesiredAgent agent, boolean confirmed) {
        known.computeIfPresent(agent.agentId(), (id, now) -> new Known(now.partition(), now.phase(), confirmed));
    }

    private void remember(DesiredAgent agent) {
        known.compute(agent.agentId(), (id, before) -> next(agent, before));
    }

    private static @Nullable Known next(DesiredAgent agent, @Nullable Known before) {
        return agent.phase() == Phase.REMOVED
                ? null
                : new Known(agent.partition(), agent.phase(), before != null && before.nameConfirmed());
    }
}
