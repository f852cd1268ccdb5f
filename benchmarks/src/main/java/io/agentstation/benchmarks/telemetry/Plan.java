package io.agentstation.benchmarks.telemetry;

/**
 * How much is measured.
 *
 * @param agents  that report, one after another
 * @param rounds  how often each side is measured for each kind of report
 * @param reports that the writer finds in the topic in each round
 */
record Plan(int agents, int rounds, int reports) {

    /** So many of a side's first reports warm its JVM up and are not counted. */
    static final double WARM_UP = 0.4;

    /** Of the writer and of the loop. */
    static final int HEAP_MEGABYTES = 512;

    Plan {
        if (agents < 1 || rounds < 1 || reports < 1_000) {
            throw new IllegalArgumentException("agents and rounds are at least 1, reports at least 1,000: agents "
                    + agents + ", rounds " + rounds + ", reports " + reports);
        }
    }

    /**
     * Reads {@code [agents] [rounds] [reports]}.
     *
     * @throws IllegalArgumentException when one of them is no number or too small
     */
    static Plan parse(String... arguments) {
        return new Plan(
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3,
                arguments.length > 2 ? Integer.parseInt(arguments[2]) : 600_000);
    }

    /** Rows of the loop at each concurrency. */
    int loopRows() {
        return Math.max(1_000, reports / 12);
    }
}
