package io.agentstation.gateway.limits;

import io.agentstation.store.keys.Tier;
import java.util.Optional;

/**
 * How often something may be done.
 *
 * @param perMinute how often in a window of a minute
 * @param burst     how often in any one second
 */
record Rate(int perMinute, int burst) {

    static final Rate HEARTBEATS = new Rate(120, 40);
    static final Rate METRICS = new Rate(60, 20);

    Rate {
        if (burst < 1 || perMinute < burst) {
            throw new IllegalArgumentException("a rate allows at least one, and in a minute no less than in a second: "
                    + perMinute + ", " + burst);
        }
    }

    /** What a key of this tier may do; empty when there is no limit. */
    static Optional<Rate> of(Tier tier) {
        return switch (tier) {
            case FREE -> Optional.of(new Rate(60, 10));
            case PRO -> Optional.of(new Rate(300, 50));
            case ENTERPRISE -> Optional.of(new Rate(1_000, 100));
            case UNLIMITED -> Optional.empty();
        };
    }

    /** The part of one of so many gateways, rounded up. */
    Rate sharedBy(int gateways) {
        return new Rate((perMinute + gateways - 1) / gateways, (burst + gateways - 1) / gateways);
    }
}
