package io.agentstation.contracts.ticks;

import java.time.Duration;

/**
 * When the ingest path of a partition counts as stalled (design section 4).
 *
 * @param threshold     a gateway that is silent for longer stalls its partition
 * @param longStall     a stall above this is an outage
 * @param rosterSilence a gateway that is silent for this long is no longer waited for
 */
public record StallRule(Duration threshold, Duration longStall, Duration rosterSilence) {

    /** The documented numbers. */
    public static final StallRule DEFAULT =
            new StallRule(Duration.ofMillis(750), Duration.ofSeconds(5), Duration.ofSeconds(10));
}
