package io.agentstation.liveness.watch;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of four longs for each agent of a partition: its 128 bits, its last heartbeat with what that means, and when
 * something else than silence comes due. An ordinary heartbeat overwrites one long and allocates nothing.
 *
 * <p>Rows are numbered from 0; the number of a removed row is used again. Times are log-append times, epoch milliseconds.
 * Not thread-safe.
 */
public final class WatchTable implements AgentIndex.Keys {

    /** No row. */
    public static final int NONE = -1;

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A further heartbeat changes nothing but the deadline. */
    public static final int STEADY = 1 << 3;

    /** Its last event was told; whatever comes is passed over. */
    public static final int TERMINAL = 1 << 4;

    /** Its Provision was not seen yet. */
    public static final int UNKNOWN = 1 << 5;

    static final int ROW_LONGS = Rows.WIDTH;
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int HEARD_AND_FLAGS = 2;
    private static final int OTHER_DUE = 3;

    private static final int HEARD = 1 << 2;
    private static final int USED = 1 << 6;
    private static final int FLAGS = STEADY | TERMINAL | UNKNOWN;
    private static final int KEPT = FLAGS | USED;
    private static final int TIME_SHIFT = 8;

    private final AgentIndex index = new AgentIndex(this);
    private final Rows rows = new Rows();

    /** The agent's row, or {@link #NONE}. */
    public int find(long high, long low) {
        return index.find(high, low);
    }

    /** Gives the agent, which has none yet, a row: never heard, nothing known, nothing due. */
    public int add(AgentId agent) {
        int row = rows.take();
        set(row, agent.value().getMostSignificantBits(), agent.value().getLeastSignificantBits(), USED, NEVER);
        index.add(row);
        return row;
    }

    /** Forgets the agent. */
    public void remove(int row) {
        index.remove(row);
        set(row, 0, 0, 0, 0);
        rows.release(row);
    }

    /** One more than the highest row that was ever in use. */
    public int rows() {
        return rows.count();
    }

    /** How many agents there are. */
    public int size() {
        return rows.used();
    }

    /** Whether the row is an agent's now. */
    public boolean isUsed(int row) {
        return has(row, USED);
    }

    public AgentId agent(int row) {
        return new AgentId(new UUID(high(row), low(row)));
    }

    /** Its newest heartbeat, or null. */
    public @Nullable LastHeartbeat last(int row) {
        return isHeard(row) ? new LastHeartbeat(mode(row), lastMs(row)) : null;
    }

    public boolean isHeard(int row) {
        return has(row, HEARD);
    }

    /** The mode of its newest heartbeat; meaningless when it was never heard. */
    public HeartbeatMode mode(int row) {
        return ModeBits.mode((int) word(row, HEARD_AND_FLAGS));
    }

    /** The time of its newest heartbeat; meaningless when it was never heard. */
    public long lastMs(int row) {
        return word(row, HEARD_AND_FLAGS) >> TIME_SHIFT;
    }

    public boolean isSteady(int row) {
        return has(row, STEADY);
    }

    public boolean isTerminal(int row) {
        return has(row, TERMINAL);
    }

    public boolean isUnknown(int row) {
        return has(row, UNKNOWN);
    }

    /** All of its flags: of {@link #STEADY}, {@link #TERMINAL} and {@link #UNKNOWN}. */
    public int flags(int row) {
        return (int) word(row, HEARD_AND_FLAGS) & FLAGS;
    }

    /** When something else than silence comes due, or {@link #NEVER}. */
    public long otherDueMs(int row) {
        return word(row, OTHER_DUE);
    }

    /** Overwrites its newest heartbeat. */
    public void heard(int row, HeartbeatMode mode, long atMs) {
        long kept = word(row, HEARD_AND_FLAGS) & KEPT;
        rows.set(row, HEARD_AND_FLAGS, (atMs << TIME_SHIFT) | kept | HEARD | ModeBits.of(mode));
    }

    /** Forgets that it was heard. */
    public void unheard(int row) {
        rows.set(row, HEARD_AND_FLAGS, word(row, HEARD_AND_FLAGS) & KEPT);
    }

    /** Overwrites what is known besides; the flags are of {@link #STEADY}, {@link #TERMINAL} and {@link #UNKNOWN}. */
    public void status(int row, int flags, long otherDueMs) {
        rows.set(row, HEARD_AND_FLAGS, (word(row, HEARD_AND_FLAGS) & ~FLAGS) | flags);
        rows.set(row, OTHER_DUE, otherDueMs);
    }

    @Override
    public long high(int row) {
        return word(row, HIGH);
    }

    @Override
    public long low(int row) {
        return word(row, LOW);
    }

    /** One of the row's four longs, as the journal stores them. */
    long word(int row, int which) {
        return rows.get(row, which);
    }

    /** Puts a stored row back, used or not; {@link #rebuild} must follow before anything is looked up. */
    void restore(int row, long[] stored) {
        rows.reach(row);
        set(row, stored[HIGH], stored[LOW], stored[HEARD_AND_FLAGS], stored[OTHER_DUE]);
    }

    /** Finds anew which rows are whose and which are free. */
    void rebuild() {
        for (int row = 0; row < rows.count(); row++) {
            if (isUsed(row)) {
                index.add(row);
            } else {
                rows.release(row);
            }
        }
    }

    private boolean has(int row, int flag) {
        return (word(row, HEARD_AND_FLAGS) & flag) != 0;
    }

    private void set(int row, long high, long low, long heardAndFlags, long otherDueMs) {
        rows.set(row, HIGH, high);
        rows.set(row, LOW, low);
        rows.set(row, HEARD_AND_FLAGS, heardAndFlags);
        rows.set(row, OTHER_DUE, otherDueMs);
    }
}
