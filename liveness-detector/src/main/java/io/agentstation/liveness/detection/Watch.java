package io.agentstation.liveness.detection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.silence.DeadlineIndex;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.silence.Stalls;
import org.jspecify.annotations.Nullable;

/** What is held in memory of one agent, so that an ordinary heartbeat reads and parses no facts. */
final class Watch {

    final AgentId agent;

    @Nullable
    LastHeartbeat last;

    /** Whether a further heartbeat changes nothing but the deadline. */
    boolean steady;

    boolean terminal;

    /** When something else than silence comes due, or {@link DeadlineIndex#NEVER}. */
    long otherDueMs = DeadlineIndex.NEVER;

    Watch(AgentId agent) {
        this.agent = agent;
    }

    /** The inactivity window's end, or never for an agent whose silence says nothing new. */
    long silenceDueMs(SilenceRule rule, Stalls stalls) {
        LastHeartbeat heard = last;
        return steady && heard != null ? rule.deadlineMs(heard, stalls) : DeadlineIndex.NEVER;
    }

    long dueMs(SilenceRule rule, Stalls stalls) {
        return Math.min(otherDueMs, silenceDueMs(rule, stalls));
    }
}
