package io.agentstation.benchmarks.webhooks;

import java.time.Duration;
import java.util.Locale;

/**
 * Processor time so far: of this process (dispatcher or loop, and receiver), of Cassandra and of the broker. Where two cores carry
 * all of them, it says what of a rate is work and what is waiting.
 */
record Cpu(Duration own, Duration cassandra, Duration broker) {

    static Cpu of(ProcessHandle cassandra, ProcessHandle broker) {
        return new Cpu(of(ProcessHandle.current()), of(cassandra), of(broker));
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** What each of so many took since then. */
    String each(Cpu before, int many) {
        return String.format(
                Locale.ROOT,
                "microseconds of CPU each: own %.0f, Cassandra %.0f, broker %.0f",
                micros(before.own, own) / many,
                micros(before.cassandra, cassandra) / many,
                micros(before.broker, broker) / many);
    }

    private static double micros(Duration before, Duration after) {
        return after.minus(before).toNanos() / 1e3;
    }
}
