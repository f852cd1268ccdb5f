package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.util.List;

/**
 * Books the time of an agent into hours. An interval is one heartbeat period of observed time; intervals are laid end to end,
 * and each belongs to the hour in which it ends. It is judged when the next heartbeat comes (heard) or when the detector
 * calls the agent unhealthy: then the intervals from the last heartbeat on are counted anew, and all of them are missed
 * until it is heard again. What nobody judged before an order of the Station ended the watch is not expected.
 */
final class HourBook {

    private final ObservedTime time;
    private final HeartbeatPromise promise;

    HourBook(ObservedTime time, HeartbeatPromise promise) {
        this.time = time;
        this.promise = promise;
    }

    /** A heartbeat was read. Returns whether it changed anything. */
    boolean heard(WatchedAgent agent, HeartbeatMode mode, long atMs) {
        if (agent.watch == Watch.AWAITED && atMs > agent.orderedMs) {
            begin(agent, mode, atMs);
            return true;
        }
        if (agent.watch != Watch.ON || atMs < agent.lastMs) {
            return false;
        }
        Span.Moment now = new Span.Moment(atMs, Math.max(agent.lastObserved, time.at(atMs)));
        settle(agent, now, true);
        if (!agent.silent
                && atMs - agent.lastMs > intervalMs(agent) + promise.minGrace().toMillis()) {
            agent.remember(
                    new Gap(agent.mode, agent.lastMs, agent.lastObserved, atMs, now.observedMs(), agent.anchorMs));
        }
        long rest = agent.silent ? 0 : Math.floorMod(now.observedMs() - agent.anchorMs, intervalMs(agent));
        // In another mode the part of an interval that has passed is as large a part of its own interval.
        long scaled = agent.mode == mode ? rest : rest * promise.intervalMs(mode) / intervalMs(agent);
        moved(agent, mode, now, now.observedMs() - scaled);
        return true;
    }

    private void begin(WatchedAgent agent, HeartbeatMode mode, long atMs) {
        long observed = time.at(atMs);
        agent.watch = Watch.ON;
        moved(agent, mode, new Span.Moment(atMs, observed), observed);
        agent.openHour = Math.max(agent.openHour, ObservedTime.hourOf(atMs));
    }

    private static void moved(WatchedAgent agent, HeartbeatMode mode, Span.Moment last, long anchorMs) {
        agent.mode = mode;
        agent.lastMs = last.atMs();
        agent.lastObserved = last.observedMs();
        agent.anchorMs = anchorMs;
        agent.silent = false;
    }

    /** The detector called the agent unhealthy because it had not been heard since this moment. */
    void unhealthy(WatchedAgent agent, long lastHeardMs) {
        if (agent.watch == Watch.ON && agent.lastMs == lastHeardMs) {
            agent.silent = true;
            agent.anchorMs = agent.lastObserved;
            agent.openHour = Math.min(agent.openHour, ObservedTime.hourOf(lastHeardMs));
            return;
        }
        agent.gaps.stream()
                .filter(gap -> gap.fromMs() == lastHeardMs)
                .findFirst()
                .ifPresent(gap -> {
                    agent.gaps.remove(gap);
                    wasSilent(agent, gap);
                });
    }

    private void wasSilent(WatchedAgent agent, Gap gap) {
        long interval = promise.intervalMs(gap.mode());
        for (Span span : Span.cut(gap.from(), gap.to(), time)) {
            long held = span.intervals(gap.anchorMs(), interval);
            long missed = span.intervals(gap.fromObserved(), interval);
            agent.put(agent.hour(span.hour()).unheard(held, missed));
        }
    }

    /**
     * An order of the Station, given at this moment, ended the watch.
     *
     * @param after whether and when it can begin again
     */
    void ordered(WatchedAgent agent, long atMs, Watch after) {
        if (agent.watch == Watch.ON) {
            if (after == Watch.AWAITED && agent.lastMs > atMs) {
                // It was heard since; the watch goes on.
                return;
            }
            Span.Moment end = agent.lastMs >= atMs
                    ? agent.last()
                    : new Span.Moment(atMs, Math.max(agent.lastObserved, time.at(atMs)));
            long published =
                    Math.min(agent.openHour, ObservedTime.hourOf(time.reading().nowMs()));
            settle(agent, end, agent.silent);
            // What was published of the time after the order is taken back.
            for (long hour = ObservedTime.hourOf(end.atMs()); hour <= published; hour++) {
                agent.put(agent.hour(hour).changed());
            }
            agent.silent = false;
        }
        agent.watch = after;
        agent.orderedMs = Math.max(agent.orderedMs, atMs);
    }

    /** The hours as they are now, with what came since the last heartbeat. */
    List<Hour> hours(WatchedAgent agent) {
        ObservedTime.Reading now = time.reading();
        if (agent.watch != Watch.ON || agent.lastMs >= now.nowMs()) {
            return List.copyOf(agent.hours.values());
        }
        var current = new java.util.TreeMap<>(agent.hours);
        Span.Moment end = new Span.Moment(now.nowMs(), Math.max(agent.lastObserved, now.observedMs()));
        for (Span span : Span.cut(agent.last(), end, time)) {
            Hour hour = add(agent, agent.hour(span.hour()), span, agent.silent);
            current.put(span.hour(), span.hour() >= agent.openHour ? hour.changed() : hour);
        }
        return List.copyOf(current.values());
    }

    private void settle(WatchedAgent agent, Span.Moment end, boolean judged) {
        for (Span span : Span.cut(agent.last(), end, time)) {
            Hour hour = add(agent, agent.hour(span.hour()), span, judged);
            // The hours of a silence before the open one are published as they are.
            agent.put(agent.silent && span.hour() < agent.openHour ? hour : hour.changed());
        }
    }

    private Hour add(WatchedAgent agent, Hour hour, Span span, boolean judged) {
        long expected = judged ? span.intervals(agent.anchorMs, intervalMs(agent)) : 0;
        return hour.plus(span, expected, agent.silent ? 0 : expected);
    }

    private long intervalMs(WatchedAgent agent) {
        return promise.intervalMs(agent.mode);
    }
}
