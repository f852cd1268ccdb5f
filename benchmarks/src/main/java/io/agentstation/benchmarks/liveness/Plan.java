package io.agentstation.benchmarks.liveness;

/**
 * How much is measured.
 *
 * @param agents     of the fleet, all active, all in IDLE
 * @param rounds     how often each side is measured
 * @param heartbeats that each side reads in a round
 */
record Plan(int agents, int rounds, int heartbeats) {

    /** Heartbeats between two ticks of each partition: what a million agents in IDLE send in 250 ms. */
    static final int HEARTBEATS_PER_TICK = 8_333;

    private static final int DEFAULT_AGENTS = 100_000;
    private static final int DEFAULT_ROUNDS = 3;
    // A third of them warms the JVM up: with 2,000,000 the compilers are a good part of what is measured.
    private static final int LEAST_HEARTBEATS = 6_000_000;
    private static final int BASE_HEAP_MEGABYTES = 768;
    // The facts of an agent take about a kilobyte, and a collector needs room.
    private static final int AGENTS_PER_MEGABYTE = 400;

    Plan {
        if (agents < 1 || rounds < 1 || heartbeats < agents) {
            throw new IllegalArgumentException(
                    "agents and rounds are at least 1, heartbeats at least as many as agents: agents " + agents
                            + ", rounds " + rounds + ", heartbeats " + heartbeats);
        }
    }

    /**
     * Reads {@code [agents] [rounds] [heartbeats]}.
     *
     * @throws IllegalArgumentException when one of them is no number or too small
     */
    static Plan parse(String... arguments) {
        int agents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_AGENTS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_ROUNDS;
        int heartbeats = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Math.max(LEAST_HEARTBEATS, 6 * agents);
        return new Plan(agents, rounds, heartbeats);
    }

    /** The heap of every side, in MiB. */
    int heapMegabytes() {
        return BASE_HEAP_MEGABYTES + agents / AGENTS_PER_MEGABYTE;
    }
}
