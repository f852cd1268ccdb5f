package io.agentstation.guarantees.liveness;

import java.time.Duration;

/**
 * How long each fault lasts, and on how many agents.
 *
 * @param down      of a killed detector
 * @param pause     of a stopped detector, longer than its session of 6 s
 * @param lag       that a slow detector falls behind
 * @param together  for which two detectors share the partitions
 * @param outage    of the broker and one gateway
 * @param restart   of the broker, without the start itself
 * @param emergency agents in EMERGENCY mode
 * @param idle      agents in IDLE mode
 * @param idleDeaths of them that die: each is waited for 37.5 s and more
 */
record Faults(
        Duration down,
        Duration pause,
        Duration lag,
        Duration together,
        Duration outage,
        Duration restart,
        int emergency,
        int idle,
        int idleDeaths) {

    private static final Faults FULL = new Faults(
            Duration.ofSeconds(60),
            Duration.ofSeconds(45),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            150,
            250,
            30);

    private static final Faults SHORT = new Faults(
            Duration.ofSeconds(12),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            100,
            200,
            0);

    /** As long as the issue says when {@code faults.full} is set, else shortened for every verify. */
    static Faults ofThisRun() {
        return Boolean.getBoolean("faults.full") ? FULL : SHORT;
    }
}
