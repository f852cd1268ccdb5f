package io.agentstation.agent;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What an agent reports about its work.
 *
 * @param requestsHandled the embedding program's counter, since the agent's start
 * @param ready           whether that for which it reports works now; asked before every report, which is left out when it
 *                        does not. May take a second, not longer
 */
public record AgentWorkload(ResourceUsage usage, LongSupplier requestsHandled, BooleanSupplier ready) {

    /** Of a program that reports for itself: as long as it reports, it works. */
    public AgentWorkload(ResourceUsage usage, LongSupplier requestsHandled) {
        this(usage, requestsHandled, () -> true);
    }
}
