package io.agentstation.liveness.watch;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a partition, each with its last heartbeat and the time at which it has to be looked at again; kept in
 * memory, journalled to a store. Rows are as {@link WatchTable} numbers them. Not thread-safe.
 */
public final class Watches {

    /** Says until when a row's agent may be silent. */
    @FunctionalInterface
    public interface SilenceDue {

        /** The last moment at which it may, {@link WatchTable#NEVER} when its silence says nothing new. */
        long atMs(WatchTable table, int row);
    }

    private final WatchTable table;
    private final WatchJournal journal;
    private final DeadlineWheel wheel;
    private final SilenceDue silence;

    /**
     * Continues with what the store holds.
     *
     * @param nowMs the time up to which nothing is due any more
     */
    public Watches(WatchStore store, long nowMs, SilenceDue silence) {
        WatchRestore.Restored restored = WatchRestore.from(store);
        this.table = restored.table();
        this.journal = new WatchJournal(restored, store);
        this.silence = silence;
        this.wheel = new DeadlineWheel(nowMs, this::dueMs);
        forEach(wheel::arm);
    }

    /** What is kept of each agent, to be read only. */
    public WatchTable table() {
        return table;
    }

    /** How many agents have a time at which they will be looked at. */
    public int armed() {
        return wheel.size();
    }

    /** The agent's row, or {@link WatchTable#NONE}. */
    public int find(AgentId agent) {
        return table.find(agent.value().getMostSignificantBits(), agent.value().getLeastSignificantBits());
    }

    /** The agent's row, a new one if it has none. */
    public int of(AgentId agent) {
        int row = find(agent);
        if (row != WatchTable.NONE) {
            return row;
        }
        int added = table.add(agent);
        journal.changed(added);
        return added;
    }

    /** The agent's newest heartbeat, or null. */
    public @Nullable LastHeartbeat last(int row) {
        return table.last(row);
    }

    /** Remembers a heartbeat; the wheel is touched only when the new mode shortens the deadline. */
    public void heard(int row, HeartbeatMode mode, long atMs) {
        boolean sameMode = table.isHeard(row) && table.mode(row) == mode;
        table.heard(row, mode, atMs);
        journal.heard(row, mode, atMs);
        if (!sameMode) {
            wheel.arm(row);
        }
    }

    /** Forgets that the agent was heard. */
    public void unheard(int row) {
        if (table.isHeard(row)) {
            table.unheard(row);
            journal.changed(row);
        }
    }

    /** Remembers what is known besides; the flags are those of {@link WatchTable}. */
    public void status(int row, int flags, long otherDueMs) {
        if (table.flags(row) != flags || table.otherDueMs(row) != otherDueMs) {
            table.status(row, flags, otherDueMs);
            journal.changed(row);
        }
        wheel.arm(row);
    }

    /** Forgets the agent. */
    public void forget(int row) {
        wheel.disarm(row);
        table.remove(row);
        journal.changed(row);
    }

    /** Takes a row for which something came due before this time; {@link WatchTable#NONE} when there is none. */
    public int takeDueBefore(long nowMs) {
        return wheel.takeBefore(nowMs);
    }

    /** When something is due for the agent, {@link WatchTable#NEVER} when nothing is. */
    public long dueMs(int row) {
        return Math.min(table.otherDueMs(row), silence.atMs(table, row));
    }

    /** Whether the store lacks anything. */
    public boolean hasUnwritten() {
        return !journal.isEmpty();
    }

    /** Brings the store up to date. */
    public void write() {
        journal.write();
    }

    /** Shows every agent's row. */
    public void forEach(IntConsumer reader) {
        for (int row = 0; row < table.rows(); row++) {
            if (table.isUsed(row)) {
                reader.accept(row);
            }
        }
    }
}
