package io.agentstation.gateway.history;

/** Numbers as their sender wrote them: stored as doubles, shown without a fraction when they have none. */
public final class AsSent {

    /** Up to here every whole double is exact (2^53). */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private AsSent() {}

    /** The number as JSON shows it. */
    public static Number number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
        if (whole) {
            return (long) value;
        }
        return value;
    }
}
