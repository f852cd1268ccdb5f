package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.ticks.StallRule;
import io.agentstation.contracts.ticks.StallTracker;
import io.agentstation.telemetry.availability.RandomLog.Entry;
import io.agentstation.telemetry.availability.RandomLog.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The hours of one agent by a model that holds the whole log: it lists the stretches between heartbeats, knows of each
 * whether the detector ever called it a silence, and counts its intervals one by one.
 */
final class NaiveHours {

    private static final long HOUR = 3_600_000;
    private static final long FIRST_HOUR = RandomLog.START / HOUR;
    private static final int HOURS = 4;

    /** A time between two ticks, with what was observed until its end. */
    private record Step(long fromMs, long toMs, boolean stalled, boolean stillStalled, long observed) {}

    private final List<Step> steps = new ArrayList<>();
    private final Set<Long> silences = new HashSet<>();
    private final long[] expected = new long[HOURS];
    private final long[] heard = new long[HOURS];
    private final long[] watched = new long[HOURS];
    private final long[] stalled = new long[HOURS];

    private HeartbeatMode mode = HeartbeatMode.IDLE;
    private long lastMs = -1;
    private long lastObserved;
    private long rest;
    private boolean ready = true;
    private boolean open = true;
    private boolean ended;
    private long orderedMs = -1;

    private NaiveHours() {}

    static List<AvailabilityHour> of(RandomLog log, int agent) {
        NaiveHours model = new NaiveHours();
        model.readTicks(log);
        log.entries().stream()
                .filter(entry -> entry.kind() == Kind.UNHEALTHY && entry.agent() == agent)
                .forEach(entry -> model.silences.add(entry.lastMs()));
        log.entries().stream().filter(entry -> entry.agent() == agent).forEach(model::read);
        long end = model.steps.get(model.steps.size() - 1).toMs;
        model.end(end, model.observedUntil(end));
        return model.hours();
    }

    private void readTicks(RandomLog log) {
        StallTracker tracker = new StallTracker(StallRule.DEFAULT);
        long before = log.entries().get(0).atMs();
        long sequence = 0;
        long observed = 0;
        for (Entry entry : log.entries()) {
            if (entry.kind() == Kind.TICK) {
                boolean isFirst = steps.isEmpty();
                long stalledBefore = tracker.stalledMs();
                tracker.tick("gateway", ++sequence, entry.atMs());
                boolean stalled = isFirst || tracker.stalledMs() > stalledBefore;
                observed += stalled ? 0 : entry.atMs() - before;
                steps.add(
                        new Step(before, entry.atMs(), stalled, tracker.clock().stalledSinceMs() != null, observed));
                before = entry.atMs();
            }
        }
    }

    private void read(Entry entry) {
        switch (entry.kind()) {
            case BEAT -> beat(entry);
            case RESTARTED -> order(entry.atMs(), open);
            case TO_NOTHING -> order(entry.atMs(), false);
            case FROM_NOTHING -> order(entry.atMs(), true);
            case DELETED -> {
                order(entry.atMs(), false);
                ended = true;
            }
            default -> {
                // Silences are known already, ticks as well.
            }
        }
    }

    private void beat(Entry entry) {
        if (ended || !open || (ready && entry.atMs() <= orderedMs)) {
            return;
        }
        if (ready) {
            ready = false;
            rest = 0;
            lastObserved = observedWhenRead(entry.atMs());
        } else {
            long observed = Math.max(lastObserved, observedWhenRead(entry.atMs()));
            boolean silent = silences.contains(lastMs);
            stretch(entry.atMs(), observed, true);
            long old = mode.interval().toMillis();
            rest = silent ? 0 : (rest + observed - lastObserved) % old;
            rest = mode == entry.mode() ? rest : rest * entry.mode().interval().toMillis() / old;
            lastObserved = observed;
        }
        mode = entry.mode();
        lastMs = entry.atMs();
    }

    private void order(long atMs, boolean canBegin) {
        if (!ended && !ready) {
            if (!(canBegin && lastMs > atMs)) {
                end(atMs, observedWhenRead(atMs));
                ready = true;
            }
        }
        open = canBegin;
        orderedMs = Math.max(orderedMs, atMs);
    }

    private void end(long atMs, long observed) {
        if (!ready && atMs > lastMs) {
            stretch(atMs, Math.max(lastObserved, observed), silences.contains(lastMs));
        }
    }

    private void stretch(long toMs, long toObserved, boolean judged) {
        boolean silent = silences.contains(lastMs);
        long interval = mode.interval().toMillis();
        for (int hour = 0; hour < HOURS; hour++) {
            long startMs = (FIRST_HOUR + hour) * HOUR;
            long from = Math.max(startMs, lastMs);
            long to = Math.min(startMs + HOUR, toMs);
            if (to > from) {
                long observed = (to == toMs ? toObserved : Math.min(toObserved, observedUntil(to)))
                        - (from == lastMs ? lastObserved : Math.max(lastObserved, observedUntil(from)));
                watched[hour] += to - from;
                stalled[hour] += to - from - Math.max(0, Math.min(to - from, observed));
            }
        }
        long first = lastObserved + interval - (silent ? 0 : rest);
        for (long end = first; judged && end <= toObserved; end += interval) {
            int hour = hourOf(end);
            expected[hour]++;
            heard[hour] += silent ? 0 : 1;
        }
    }

    private int hourOf(long observed) {
        int hour = 0;
        while (hour < HOURS - 1 && observedUntil((FIRST_HOUR + hour + 1) * HOUR) < observed) {
            hour++;
        }
        return hour;
    }

    /** As it is known in the end. */
    private long observedUntil(long atMs) {
        int before = stepsBefore(atMs);
        long observed = before == 0 ? 0 : steps.get(before - 1).observed;
        if (before == steps.size()) {
            return observed + atMs - steps.get(before - 1).toMs;
        }
        Step within = steps.get(before);
        return within.stalled ? observed : observed + Math.max(0, atMs - within.fromMs);
    }

    /** As it is known when a record of this moment is read: after the ticks before it, in the dark about the next. */
    private long observedWhenRead(long atMs) {
        // At the same millisecond the tick comes last.
        int before = stepsBefore(atMs);
        if (before == 0) {
            return 0;
        }
        Step newest = steps.get(before - 1);
        long since = atMs - newest.toMs;
        boolean unseen =
                newest.stillStalled || since > StallRule.DEFAULT.threshold().toMillis();
        return newest.observed + (unseen ? 0 : since);
    }

    /** How many steps end before this moment. */
    private int stepsBefore(long atMs) {
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (steps.get(middle).toMs < atMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private List<AvailabilityHour> hours() {
        List<AvailabilityHour> found = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            if (expected[hour] > 0 || watched[hour] > 0) {
                found.add(new AvailabilityHour(
                        Instant.ofEpochMilli((FIRST_HOUR + hour) * HOUR),
                        expected[hour],
                        heard[hour],
                        watched[hour],
                        stalled[hour]));
            }
        }
        return found;
    }
}
