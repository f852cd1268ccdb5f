package io.agentstation.benchmarks.provisioning;

import java.util.Locale;

/** How long the creations, the scalings and the deletions of a fleet took. */
record Seconds(double creating, double scaling, double deleting) {

    double all() {
        return creating + scaling + deleting;
    }

    String perSecond(int agents) {
        return String.format(
                Locale.ROOT,
                "%.1f creations/s, %.1f scalings/s, %.1f deletions/s, %.1f agents/s through all three",
                agents / creating,
                agents / scaling,
                agents / deleting,
                agents / all());
    }
}
