package io.agentstation.contracts.metrics;

/**
 * The values of one metric within a window.
 *
 * @param sum   of all values, so that windows can be added up without error; never infinite
 * @param last  the value of the newest report
 * @param count how many values, at least 1
 */
public record Series(double min, double max, double sum, double last, long count) {

    public Series {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1: " + count);
        }
    }

    /** A single value. */
    public static Series of(double value) {
        return new Series(value, value, value, value, 1);
    }

    /** This window followed by a later one. */
    public Series then(Series later) {
        return new Series(
                Math.min(min, later.min),
                Math.max(max, later.max),
                finite(sum + later.sum),
                later.last,
                count + later.count);
    }

    // JSON has no infinity, and two values near the largest number are enough to get there.
    private static double finite(double sum) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, sum));
    }

    /** The arithmetic mean. */
    public double avg() {
        return sum / count;
    }
}
