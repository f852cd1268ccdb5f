package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.detection.Story;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of agents that keep the contract, their gateways and the partition's log, in virtual time. The log depends
 * on scenario and seed alone, never on who judges it.
 *
 * <p>An agent starts its next heartbeat 90 to 100 % of an interval after the last, like station-agent. An attempt that
 * is refused is repeated with full jitter below the longest gap of the contract, one that hangs after 1.25 s to all of
 * it. Of two modes whose heartbeat is under way the shorter gap counts.
 */
final class VirtualAgents {

    private static final HeartbeatMode[] MODES = HeartbeatMode.values();
    private static final long PATIENCE = 1_250;
    private static final byte ARRIVES = 0;
    private static final byte THAWS = 1;
    private static final byte REVIVES = 2;

    private final Scenario scenario;
    private final Weather weather;
    private final VirtualGateways gateways;
    private final SplittableRandom random;
    private final List<? extends Judge> judges;
    private final Truth truth;
    private final EventHeap future = new EventHeap();

    private final byte[] pending;
    private final byte[] gateway;

    /** What the log says, what the agent knows to be in the log, and what it wants. */
    private final HeartbeatMode[] told;

    private final HeartbeatMode[] known;
    private final HeartbeatMode[] wanted;
    private final long[] attemptMs;
    private final long[] firstMs;
    private final long[] knownMs;
    private final long[] diesMs;
    private final long[] bornMs;
    private final long[] heardMs;
    private final Truth.@Nullable Death[] dead;

    VirtualAgents(Scenario scenario, long seed, List<? extends Judge> judges) {
        this.scenario = scenario;
        this.random = new SplittableRandom(seed);
        this.weather = scenario.weather(random.split());
        this.judges = judges;
        this.gateways = new VirtualGateways(weather, random, judges, future);
        int agents = scenario.agents();
        this.truth = new Truth(agents);
        this.pending = new byte[agents];
        this.gateway = new byte[agents];
        this.told = new HeartbeatMode[agents];
        this.known = new HeartbeatMode[agents];
        Arrays.fill(told, scenario.mode());
        Arrays.fill(known, scenario.mode());
        this.wanted = new HeartbeatMode[agents];
        Arrays.fill(wanted, scenario.mode());
        this.attemptMs = new long[agents];
        this.firstMs = new long[agents];
        this.knownMs = new long[agents];
        this.diesMs = new long[agents];
        this.bornMs = new long[agents];
        this.heardMs = new long[agents];
        this.dead = new Truth.Death[agents];
    }

    Weather weather() {
        return weather;
    }

    /** Lives to the scenario's end. */
    Truth live() {
        gateways.start(scenario.agents());
        for (int agent = 0; agent < scenario.agents(); agent++) {
            appear(agent);
        }
        long endMs = scenario.endMs();
        for (long key = future.pop(); EventHeap.atMs(key) < endMs; key = future.pop()) {
            happen(EventHeap.id(key), EventHeap.atMs(key));
        }
        for (int agent = 0; agent < scenario.agents(); agent++) {
            boolean lives = pending[agent] != REVIVES;
            truth.aliveMs += lives ? Math.max(0, Math.min(endMs, diesMs[agent]) - bornMs[agent]) : 0;
        }
        return truth;
    }

    private void happen(int id, long atMs) {
        if (id >= scenario.agents()) {
            gateways.tick(id - scenario.agents(), atMs);
            return;
        }
        switch (pending[id]) {
            case ARRIVES -> arrive(id, atMs);
            case THAWS -> heard(id, atMs);
            default -> live(id, atMs);
        }
    }

    private void appear(int agent) {
        Story story = Story.of(agent + 1);
        judges.forEach(judge -> judge.made(agent, story, Scenario.START));
        long first = Scenario.START + 1_000 + random.nextLong(Math.min(interval(scenario.mode()), 60_000));
        live(agent, first);
    }

    private void live(int agent, long fromMs) {
        bornMs[agent] = fromMs;
        diesMs[agent] = fromMs + 1 + (long) (-Math.log(1 - random.nextDouble()) * scenario.lifeMs());
        knownMs[agent] = fromMs;
        begin(agent, fromMs);
    }

    private void begin(int agent, long atMs) {
        firstMs[agent] = atMs;
        attempt(agent, atMs);
    }

    private void attempt(int agent, long atMs) {
        if (atMs >= diesMs[agent]) {
            die(agent);
            return;
        }
        attemptMs[agent] = atMs;
        gateway[agent] = (byte) gateways.pick(atMs);
        pending[agent] = ARRIVES;
        future.push(atMs + latency(), agent);
    }

    private void die(int agent) {
        long atMs = diesMs[agent];
        truth.aliveMs += atMs - bornMs[agent];
        if (dead[agent] == null && heardMs[agent] > 0) {
            dead[agent] = truth.died(agent, atMs, heardMs[agent], told[agent]);
        }
        pending[agent] = REVIVES;
        future.push(atMs + Scenario.deadForMs(scenario.switches() ? HeartbeatMode.SLEEP : told[agent]), agent);
    }

    private void arrive(int agent, long atMs) {
        Weather.Away away = weather.at(gateway[agent], atMs);
        if (away == null) {
            heard(agent, atMs);
            return;
        }
        truth.refused++;
        long longest = longestGap(agent);
        long expires = attemptMs[agent] + timeOut(longest);
        boolean waits = !away.replaced() && away.toMs() + 50 < expires;
        switch (answer(away)) {
            case REFUSED -> attempt(agent, Math.max(atMs, attemptMs[agent] + random.nextLong(longest)));
            case MIXED -> wait(agent, waits ? away.toMs() + random.nextLong(50) : expires, waits);
            case LOST, LOST_IN_STEP -> wait(agent, expires, false);
        }
    }

    // A front door that refuses ends the ticks at once; one that is only shut does not.
    private Scenario.Answers answer(Weather.Away away) {
        boolean mixed = scenario.answers() == Scenario.Answers.MIXED;
        return mixed && away.proofMs() == 0 && random.nextBoolean() ? Scenario.Answers.REFUSED : scenario.answers();
    }

    private long timeOut(long longest) {
        boolean drawn = scenario.answers() != Scenario.Answers.LOST_IN_STEP;
        long least = Math.min(PATIENCE, longest);
        return drawn ? least + random.nextLong(longest - least + 1) : longest;
    }

    private void wait(int agent, long untilMs, boolean heard) {
        if (heard) {
            pending[agent] = THAWS;
            future.push(untilMs, agent);
        } else {
            attempt(agent, untilMs);
        }
    }

    private void heard(int agent, long atMs) {
        HeartbeatMode mode = wanted[agent];
        for (int each = 0; each < judges.size(); each++) {
            judges.get(each).heartbeat(agent, mode, atMs);
        }
        truth.heartbeats++;
        told[agent] = mode;
        heardMs[agent] = atMs;
        Truth.Death death = dead[agent];
        if (death != null) {
            death.heardAgainMs = atMs;
            dead[agent] = null;
        }
        long answered = atMs + latency();
        if (weather.at(gateway[agent], answered) == null) {
            known[agent] = mode;
            knownMs[agent] = attemptMs[agent];
            begin(agent, Math.max(answered, next(agent)));
        } else {
            // Appended, but the answer is lost.
            attempt(agent, Math.max(answered, attemptMs[agent] + random.nextLong(longestGap(agent))));
        }
    }

    private long next(int agent) {
        long interval = interval(known[agent]);
        if (scenario.switches() && random.nextInt(8) == 0) {
            wanted[agent] = MODES[random.nextInt(MODES.length)];
            return attemptMs[agent] + random.nextLong(interval);
        }
        return attemptMs[agent] + interval - random.nextLong(interval / 10 + 1);
    }

    private long longestGap(int agent) {
        return Math.min(longestGap(agent, known[agent]), longestGap(agent, wanted[agent]));
    }

    private long longestGap(int agent, HeartbeatMode mode) {
        long atMs = attemptMs[agent];
        return scenario.contract().longestGap(mode, atMs - firstMs[agent], atMs - knownMs[agent]);
    }

    // Mostly a few milliseconds, one in 200 much later.
    private long latency() {
        return 1 + random.nextLong(random.nextInt(200) == 0 ? 150 : 25);
    }

    private static long interval(HeartbeatMode mode) {
        return Rules.SETTINGS.intervalMs(mode);
    }
}
