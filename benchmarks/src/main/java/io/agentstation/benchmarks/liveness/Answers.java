package io.agentstation.benchmarks.liveness;

import static io.agentstation.benchmarks.liveness.Results.format;

import java.util.Properties;

/** The figures of a run in words. */
final class Answers {

    /** So large a part of the heartbeats may change facts; more would mean that something else was measured. */
    private static final double MOST_FACTS = 0.001;

    private static final String WATCHES = Figure.APPENDED_BYTES + "watches";

    private final Plan plan;
    private final Results results;

    Answers(Plan plan, Results results) {
        this.plan = plan;
        this.results = results;
    }

    /**
     * Checks that a process has read ordinary heartbeats.
     *
     * @throws IllegalStateException when somebody was called unhealthy, something put aside, or facts have changed
     */
    static void requireOrdinary(Properties figures, int heartbeats) {
        double facts = number(figures, Figure.APPENDED_RECORDS + "agents");
        double wrong = number(figures, Figure.UNHEALTHY) + number(figures, Figure.POISON);
        if (wrong > 0 || facts > MOST_FACTS * heartbeats) {
            throw new IllegalStateException(
                    "not the ordinary heartbeat was measured: nobody may be called unhealthy, nothing be put aside, and"
                            + " facts hardly change, but " + figures);
        }
    }

    /** What the detector's processes have shown besides the cost of a heartbeat in a burst. */
    String text(Properties live, Properties restart) {
        return restart(restart) + memory(live) + live(live);
    }

    private String restart(Properties service) {
        return format(
                "restart: process start -> RUNNING %s ms of the whole service, %.0f ms of the topology alone, of which"
                        + " reading changelogs %.0f ms%n",
                service.getProperty(Figure.RUNNING_MS),
                results.median(Side.DETECTOR, Figure.RUNNING_MS),
                results.median(Side.DETECTOR, Figure.RESTORE_MS));
    }

    // After a burst the ring holds larger deltas than it does otherwise: what counts is the state when they come live.
    private String memory(Properties live) {
        double heap = number(live, Figure.HEAP_BYTES);
        double idle = results.median(Side.NO_OP, Figure.HEAP_BYTES);
        return format(
                "heap after a full GC: %.1f MB (no-op %.1f MB, after a burst %.1f MB), above the no-op %.0f B an agent, of"
                        + " which the store of facts %.0f B (%.0f B of JSON)%n",
                heap / 1e6,
                idle / 1e6,
                results.median(Side.DETECTOR, Figure.HEAP_BYTES) / 1e6,
                (heap - idle) / plan.agents(),
                number(live, Figure.FACTS_BYTES) / plan.agents(),
                number(live, Figure.FACTS_JSON_BYTES) / plan.agents());
    }

    private String live(Properties live) {
        return format(
                "changelog of watches: %.1f B a heartbeat when they come live, %.1f B when they are read in a burst;"
                        + " live they cost %.2f CPU s per million%n",
                number(live, WATCHES) / number(live, Figure.HEARTBEATS),
                results.median(Side.DETECTOR, WATCHES) / plan.heartbeats(),
                number(live, Figure.CPU_S_PER_MILLION));
    }

    private static double number(Properties figures, String figure) {
        return Double.parseDouble(figures.getProperty(figure, "0"));
    }
}
