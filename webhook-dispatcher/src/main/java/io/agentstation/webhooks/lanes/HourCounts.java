package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.DeliveryAttempt.Outcome;
import io.agentstation.store.webhooks.HourSums;
import io.agentstation.store.webhooks.WebhookStatistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * This dispatcher's sums of each subscription's hours; written now and then, so that a dispatcher that is killed takes the
 * last second of its counts with it.
 */
public final class HourCounts {

    private record Key(UUID webhook, Instant hour) {}

    private final WebhookStatistics statistics;
    private final Clock clock;
    private final UUID writer = UUID.randomUUID();
    private final Map<Key, HourSums> sums = new HashMap<>();
    private final Set<Key> unwritten = new HashSet<>();

    public HourCounts(WebhookStatistics statistics, Clock clock) {
        this.statistics = statistics;
        this.clock = clock;
    }

    synchronized void add(UUID webhook, Outcome outcome, Duration latency) {
        Key key = new Key(webhook, clock.instant().truncatedTo(ChronoUnit.HOURS));
        long millis = latency.toMillis();
        HourSums one = new HourSums(
                key.hour(), 1, outcome == Outcome.DELIVERED ? 1 : 0, outcome == Outcome.FAILED ? 1 : 0, millis, millis);
        sums.merge(key, one, HourSums::plus);
        unwritten.add(key);
    }

    /** Writes what has changed and returns when that is done; what could not be written is written the next time. */
    public void write() {
        Map<Key, HourSums> changed = new HashMap<>();
        synchronized (this) {
            unwritten.forEach(key -> changed.put(key, sums.getOrDefault(key, new HourSums(key.hour(), 0, 0, 0, 0, 0))));
        }
        CompletableFuture.allOf(changed.entrySet().stream()
                        .map(each -> statistics.write(each.getKey().webhook(), writer, each.getValue()))
                        .map(written -> written.toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
        forget(changed);
    }

    private synchronized void forget(Map<Key, HourSums> written) {
        written.forEach((key, value) -> {
            if (value.equals(sums.get(key))) {
                unwritten.remove(key);
            }
        });
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        sums.keySet().removeIf(key -> key.hour().isBefore(hour) && !unwritten.contains(key));
    }
}
