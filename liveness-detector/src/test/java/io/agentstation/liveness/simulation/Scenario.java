package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How a fleet lives and what happens to it.
 *
 * @param agents   in one partition
 * @param switches whether agents change their mode now and then
 * @param answers  what becomes of a heartbeat that comes to a stalled gateway
 * @param contract what the agents keep
 */
record Scenario(
        String name,
        HeartbeatMode mode,
        int agents,
        Duration length,
        boolean switches,
        Answers answers,
        Contract contract,
        Climate climate) {

    static final long START = 10_000_000;
    private static final long WARM_UP = 30_000;

    /** What becomes of a heartbeat that comes to a stalled gateway. */
    enum Answers {
        /** Half are refused; half wait, and are taken when the stall ends before their time-out. */
        MIXED,
        /** All are refused at once. */
        REFUSED,
        /** All are lost without an answer; time-outs are drawn, like station-agent's. */
        LOST,
        /** The same, to agents that do not draw: every time-out is as long as can be. */
        LOST_IN_STEP
    }

    /** Makes the weather between two moments. */
    interface Climate {

        Weather weather(HeartbeatMode mode, long fromMs, long toMs, SplittableRandom random);
    }

    static Scenario of(String name, HeartbeatMode mode, Climate climate) {
        return switch (mode) {
            case EMERGENCY ->
                new Scenario(
                        name, mode, 600, Duration.ofMinutes(36), false, Answers.MIXED, Contract::asWritten, climate);
            case IDLE ->
                new Scenario(
                        name, mode, 800, Duration.ofMinutes(90), false, Answers.MIXED, Contract::asWritten, climate);
            case SLEEP ->
                new Scenario(
                        name, mode, 1_000, Duration.ofHours(5), false, Answers.MIXED, Contract::asWritten, climate);
        };
    }

    static Scenario calm(HeartbeatMode mode) {
        return of("calm", mode, (any, from, to, random) -> Weather.calm(2));
    }

    /** All gateways, or one of the two, stall now and then for so long. */
    static Scenario stalls(HeartbeatMode mode, long lengthMs) {
        return of(
                "stalls of " + lengthMs + " ms",
                mode,
                (any, from, to, random) -> Weather.calm(2)
                        .sometimes(
                                lengthMs > 5_000 ? 4 * Rules.SETTINGS.intervalMs(any) : period(any),
                                lengthMs,
                                from,
                                to,
                                random));
    }

    /** All gateways stall for so long, every so often. */
    static Scenario every(HeartbeatMode mode, long periodMs, long lengthMs) {
        String name = "every " + periodMs + " ms a stall of " + lengthMs + " ms";
        return of(name, mode, (any, from, to, random) -> Weather.calm(2).every(periodMs, lengthMs, from, to));
    }

    /** An outage of a minute now and then, and a short stall every so often before and after it. */
    static Scenario outagesAmongStalls(HeartbeatMode mode, long periodMs, long lengthMs) {
        String name = "outages, and every " + periodMs + " ms a stall of " + lengthMs + " ms";
        return of(
                name,
                mode,
                (any, from, to, random) -> Weather.calm(2)
                        .sometimes(4 * Rules.SETTINGS.intervalMs(any), 60_000, from, to, random)
                        .every(periodMs, lengthMs, from, to));
    }

    /** Now and then, for so long, stalls of so long with hardly a pause in between. */
    static Scenario bursts(HeartbeatMode mode, long burstMs, long lengthMs, long pauseMs) {
        return of(
                "for " + burstMs + " ms stalls of " + lengthMs + " ms, " + pauseMs + " ms apart",
                mode,
                (any, from, to, random) -> {
                    Weather weather = Weather.calm(2);
                    long gapMs = 2 * burstMs + 4 * Rules.SETTINGS.graceMs(any);
                    for (long at = from; at + burstMs < to; at += burstMs + gapMs / 2 + random.nextLong(gapMs)) {
                        weather.every(lengthMs + pauseMs, lengthMs, at, at + burstMs);
                    }
                    return weather;
                });
    }

    static Scenario gatewayKilled(HeartbeatMode mode) {
        return of(
                "one of two gateways killed",
                mode,
                (any, from, to, random) -> Weather.calm(2).killed(1, from + (to - from) / 4 + random.nextLong(10_000)));
    }

    /** All gateways stop, once in good order, once for a moment and once for a minute without a farewell. */
    static Scenario stopped(HeartbeatMode mode) {
        return of("all gateways stopped", mode, (any, from, to, random) -> {
            long at = from + (to - from) / 5 + random.nextLong(10_000);
            long later = from + (to - from) * 2 / 5 + random.nextLong(10_000);
            long last = from + (to - from) * 3 / 5 + random.nextLong(10_000);
            return Weather.calm(2)
                    .stopped(at, at + 60_000, true)
                    .stopped(later, later + 4_000, false)
                    .stopped(last, last + 60_000, false);
        });
    }

    /** The front doors stall while ticks go on for as long as a probe counts. */
    static Scenario fronts(HeartbeatMode mode, long lengthMs, long proofMs) {
        return of(
                "front doors stall for " + lengthMs + " ms",
                mode,
                (any, from, to, random) -> Weather.calm(2).fronts(period(any), lengthMs, proofMs, from, to, random));
    }

    Scenario switching() {
        return new Scenario(name + ", modes change", mode, agents, length, true, answers, contract, climate);
    }

    Scenario with(int otherAgents, Duration otherLength) {
        return new Scenario(name, mode, otherAgents, otherLength, switches, answers, contract, climate);
    }

    Scenario answering(Answers others) {
        return new Scenario(name + ", " + others, mode, agents, length, switches, others, contract, climate);
    }

    Scenario keeping(Contract other) {
        return new Scenario(name, mode, agents, length, switches, answers, other, climate);
    }

    long endMs() {
        return START + length.toMillis();
    }

    Weather weather(SplittableRandom random) {
        return climate.weather(mode, START + WARM_UP, endMs(), random);
    }

    /** How long an agent lives on average before it dies. */
    long lifeMs() {
        return Math.max(600_000, 12 * Rules.SETTINGS.intervalMs(mode));
    }

    // Long enough for every bound of the rule, and for silence that is proven piece by piece.
    static long deadForMs(HeartbeatMode mode) {
        return 3 * Rules.SETTINGS.intervalMs(mode) + 8 * Rules.SETTINGS.graceMs(mode) + 90_000;
    }

    private static long period(HeartbeatMode mode) {
        return Math.max(40_000, 8 * Rules.SETTINGS.graceMs(mode));
    }

    @Override
    public String toString() {
        return mode + ", " + name;
    }
}
