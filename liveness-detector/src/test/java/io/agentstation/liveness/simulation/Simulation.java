package io.agentstation.liveness.simulation;

import io.agentstation.liveness.silence.SilenceRule;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Runs a scenario by its seed, lets judges judge it, and prints what came out. */
final class Simulation {

    static final long SEED = 20_261_122;

    /** More runs, each with a seed of its own, for more agent-hours; the profile {@code faults} sets 10. */
    static final int RUNS = Integer.getInteger("liveness.simulation.runs", 1);

    private static double agentHours;
    private static long heartbeats;

    private Simulation() {}

    /** The outcome for the one judge that matters. */
    record Outcome(Verdict verdict, double stalledShare, double agentHours, long heartbeats) {}

    static DetectorJudge detector(SilenceRule rule) {
        return detector(unused -> rule, Long.MAX_VALUE);
    }

    static DetectorJudge detector(Function<StallHistory, SilenceRule> rule, long restartEveryMs) {
        return new DetectorJudge(Rules.SETTINGS, rule, restartEveryMs);
    }

    static Outcome run(Scenario scenario, long seed, DetectorJudge judge, Verdict.Bound bound) {
        long before = cpuNanos();
        VirtualAgents agents = new VirtualAgents(scenario, seed, List.of(judge));
        Truth truth = agents.live();
        Verdict verdict = Verdict.of(scenario, truth, agents.weather(), judge.alarms(), bound);
        double stalled = (double) judge.history().stalledSince(Scenario.START)
                / scenario.length().toMillis();
        Outcome outcome = new Outcome(verdict, stalled, truth.aliveMs / 3.6e6, truth.heartbeats);
        print(scenario, seed, outcome, truth.refused, (cpuNanos() - before) / 1e9);
        return outcome;
    }

    private static void print(Scenario scenario, long seed, Outcome outcome, long refused, double cpuSeconds) {
        agentHours += outcome.agentHours;
        heartbeats += outcome.heartbeats;
        Verdict verdict = outcome.verdict;
        System.out.printf(
                Locale.ROOT,
                "%-52s seed %d: %7.0f agent-hours, %8d heartbeats, %7d refused, %6d deaths (%d in stalls), %d false,"
                        + " %d missed, %d late, worst %.2f intervals (%d ms to the bound), stalled %.2f %%, %.1f CPU s;"
                        + " all: %.0f h, %d%n",
                scenario,
                seed,
                outcome.agentHours,
                outcome.heartbeats,
                refused,
                verdict.deaths(),
                verdict.inStalls(),
                verdict.falseAlarms(),
                verdict.missed(),
                verdict.late(),
                verdict.worstShare(),
                -verdict.worstSlackMs(),
                100 * outcome.stalledShare,
                cpuSeconds,
                agentHours,
                heartbeats);
    }

    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
