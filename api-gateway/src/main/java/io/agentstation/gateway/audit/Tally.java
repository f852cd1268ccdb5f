package io.agentstation.gateway.audit;

import io.agentstation.store.audit.AuditEntry.Actor;
import io.agentstation.store.audit.AuditPlace;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what comes too often to be listed one by one: failed logins, and requests beyond a limit. Thread-safe; counts
 * apart 10,000 of them at most, and the rest together.
 */
final class Tally {

    private static final int APART_AT_MOST = 10_000;
    private static final String OTHERS = "others";

    /**
     * What is counted.
     *
     * @param address of the client, or {@code others}
     */
    record Counted(AuditPlace place, Actor actor, String action, String address, int status) {}

    private Map<Counted, Integer> counts = new HashMap<>();

    synchronized void count(Counted one) {
        boolean apart = counts.containsKey(one) || counts.size() < APART_AT_MOST;
        Counted counted =
                apart ? one : new Counted(AuditPlace.STATION, Actor.UNKNOWN, one.action(), OTHERS, one.status());
        counts.merge(counted, 1, Integer::sum);
    }

    /** The counts since the last time. */
    synchronized Map<Counted, Integer> take() {
        Map<Counted, Integer> taken = counts;
        counts = new HashMap<>();
        return taken;
    }
}
