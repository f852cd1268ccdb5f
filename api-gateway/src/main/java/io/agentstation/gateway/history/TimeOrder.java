package io.agentstation.gateway.history;

import io.agentstation.gateway.requests.Problems;
import java.time.Instant;

/** The one rule about {@code from} and {@code to}. */
public final class TimeOrder {

    private TimeOrder() {}

    /** Notes a problem when the time ends before it begins; when it ends at once, there is nothing in it. */
    public static void require(Instant from, Instant to, Problems problems) {
        if (from.isAfter(to)) {
            problems.add("from", "from must not be after to");
        }
    }
}
