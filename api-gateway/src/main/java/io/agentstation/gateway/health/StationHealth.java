package io.agentstation.gateway.health;

import io.agentstation.store.session.Deadline;
import io.agentstation.store.session.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Whether what this gateway needs is there; looked at once a second at most, however often it is asked. */
final class StationHealth {

    private static final Duration FRESH = Duration.ofSeconds(1);
    // Of each, one after the other: whoever asks has his answer within two seconds, whatever his key has cost.
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(900);

    /** What was seen, by component; {@code true} is up. */
    record Seen(Map<String, Boolean> components, long at) {
        boolean isWell() {
            return !components.containsValue(false);
        }
    }

    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private @Nullable Seen last;

    StationHealth(BooleanSupplier kafka, BooleanSupplier cassandra, LongSupplier nanoTime) {
        this.checks.put("kafka", kafka);
        this.checks.put("cassandra", cassandra);
        this.nanoTime = nanoTime;
    }

    static StationHealth of(Admin admin, Store store, LongSupplier nanoTime) {
        return new StationHealth(
                () -> answers(admin), () -> store.isReachable(Deadline.current().atMost(ANSWER_WITHIN)), nanoTime);
    }

    synchronized Seen see() {
        Seen seen = last;
        if (seen == null || nanoTime.getAsLong() - seen.at() >= FRESH.toNanos()) {
            Map<String, Boolean> components = new LinkedHashMap<>();
            checks.forEach((name, check) -> components.put(name, check.getAsBoolean()));
            seen = new Seen(components, nanoTime.getAsLong());
            last = seen;
        }
        return seen;
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(Deadline.current().atMost(ANSWER_WITHIN).toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
