package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/** How far apart two attempts at a heartbeat that is not acknowledged may be; all lengths in milliseconds. */
interface Contract {

    /** What is owed to a heartbeat that was due not long ago. */
    long OFTEN = 2_500;

    /** How long that is: any stall that outlasts it is an outage, and grants a whole interval. */
    long PROMPTLY = 15_000;

    /**
     * The longest time from the start of an attempt to the start of the next, or to its time-out.
     *
     * @param firstAgo  since the start of the first attempt at this heartbeat
     * @param heardAgo  since the start of the last attempt that was acknowledged
     */
    long longestGap(HeartbeatMode mode, long firstAgo, long heardAgo);

    /** What agents kept before there was a stall grace: half a grace, from the start. */
    static long halfAGrace(HeartbeatMode mode, long firstAgo, long heardAgo) {
        return Rules.SETTINGS.graceMs(mode) / 2;
    }

    /** Often for the first seconds, and after that half a grace apart until the station is back. */
    static long oftenAtFirst(HeartbeatMode mode, long firstAgo, long heardAgo) {
        long seldom = halfAGrace(mode, firstAgo, heardAgo);
        return firstAgo < PROMPTLY ? Math.min(OFTEN, seldom) : seldom;
    }

    /** The product's: often for the first seconds, and for as long whenever a heartbeat is due. */
    static long asWritten(HeartbeatMode mode, long firstAgo, long heardAgo) {
        long often = oftenAtFirst(mode, Math.min(firstAgo, sinceDue(mode, heardAgo)), heardAgo);
        long untilDue = Rules.SETTINGS.intervalMs(mode) - sinceDue(mode, heardAgo);
        return Math.min(often, Math.max(OFTEN, untilDue));
    }

    private static long sinceDue(HeartbeatMode mode, long heardAgo) {
        return heardAgo % Rules.SETTINGS.intervalMs(mode);
    }
}
