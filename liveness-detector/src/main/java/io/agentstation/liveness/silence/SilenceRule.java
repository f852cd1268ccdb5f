package io.agentstation.liveness.silence;

import io.agentstation.contracts.ticks.Stalls;

/** Says until when an agent may be silent. */
@FunctionalInterface
public interface SilenceRule {

    /**
     * The last moment of log time (epoch milliseconds) at which the agent is not yet unhealthy.
     *
     * <p>Must never get earlier when the stalls move on: deadlines are re-armed only when they come due.
     */
    long deadlineMs(LastHeartbeat last, Stalls stalls);
}
