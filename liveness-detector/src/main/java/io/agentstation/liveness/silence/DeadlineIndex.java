package io.agentstation.liveness.silence;

import io.agentstation.contracts.ids.AgentId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When to look at which agent again: at most one entry per agent, in the order of log time.
 *
 * <p>An entry may be earlier than the agent's true deadline, never later; whoever takes it decides by the deadline and
 * arms it anew. So a heartbeat that only moves the deadline on leaves the index alone. Not thread-safe.
 */
public final class DeadlineIndex {

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private record Entry(long atMs, AgentId agent) {}

    private static final Comparator<Entry> BY_TIME = Comparator.comparingLong(Entry::atMs)
            .thenComparing(entry -> entry.agent().value());

    private final TreeSet<Entry> entries = new TreeSet<>(BY_TIME);
    private final Map<AgentId, Entry> byAgent = new HashMap<>();

    /** Looks at the agent at this time, instead of whenever it was armed for before. */
    public void arm(AgentId agent, long atMs) {
        disarm(agent);
        if (atMs != NEVER) {
            Entry entry = new Entry(atMs, agent);
            byAgent.put(agent, entry);
            entries.add(entry);
        }
    }

    /** Looks at the agent at this time, unless that happens earlier anyway. */
    public void armNoLaterThan(AgentId agent, long atMs) {
        Entry entry = byAgent.get(agent);
        if (entry == null || atMs < entry.atMs) {
            arm(agent, atMs);
        }
    }

    /** Looks at the agent no more. */
    public void disarm(AgentId agent) {
        Entry entry = byAgent.remove(agent);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    /** Takes the earliest entry before this time; null when there is none. */
    public @Nullable AgentId takeBefore(long nowMs) {
        if (entries.isEmpty() || entries.first().atMs >= nowMs) {
            return null;
        }
        Entry entry = entries.first();
        disarm(entry.agent);
        return entry.agent;
    }

    /** How many agents are armed. */
    public int size() {
        return entries.size();
    }
}
