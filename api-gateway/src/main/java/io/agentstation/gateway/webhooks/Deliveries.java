package io.agentstation.gateway.webhooks;

import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pages of the delivery log, newest first. One request looks at a bounded number of attempts: with filters a page may be
 * shorter than its limit, or empty, while there is a next one.
 */
final class Deliveries {

    private static final int MOST_LOOKED_AT = 2_000;
    private static final int CHUNK = 250;
    private static final Duration AHEAD = Duration.ofDays(1);

    /**
     * A page.
     *
     * @param next where the next one begins; empty after the last
     */
    record Page(List<DeliveryAttempt> found, Optional<UUID> next) {}

    private final DeliveryLog log;
    private final Clock clock;

    Deliveries(DeliveryLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    Page page(UUID webhook, DeliveryQuery query) {
        Instant now = clock.instant();
        List<DeliveryAttempt> found = new ArrayList<>();
        UUID cursor = query.cursor().orElseGet(() -> future(now));
        int chunk = query.isFiltered() ? Math.max(query.limit(), CHUNK) : query.limit();
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += chunk) {
            List<DeliveryAttempt> read = log.before(webhook, cursor, now, chunk);
            for (DeliveryAttempt attempt : read) {
                cursor = attempt.id();
                if (query.accepts(attempt)) {
                    found.add(attempt);
                }
                if (found.size() == query.limit()) {
                    return new Page(found, Optional.of(cursor));
                }
            }
            if (read.size() < chunk) {
                return new Page(found, Optional.empty());
            }
        }
        return new Page(found, Optional.of(cursor));
    }

    // After every attempt that a dispatcher whose clock is ahead may have logged.
    private static UUID future(Instant now) {
        return new UUID(now.plus(AHEAD).toEpochMilli() << 16 | 0x7fff, -1);
    }
}
