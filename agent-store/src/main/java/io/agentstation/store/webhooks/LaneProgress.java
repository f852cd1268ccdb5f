package io.agentstation.store.webhooks;

/**
 * How far a lane is, in sequences of its agent's events; what lies between the two is stored and waits.
 *
 * @param matched  the newest that was taken into it; 0 before the first
 * @param resolved the newest that is done with: delivered, or given up
 */
public record LaneProgress(long matched, long resolved) {

    /** Of a lane that nothing was taken into. */
    public static final LaneProgress NONE = new LaneProgress(0, 0);
}
