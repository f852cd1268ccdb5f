package io.agentstation.telemetry.availability;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of one agent. Its hours are settled up to its last heartbeat; what came since is not stored but
 * computed when it is asked for, so that an agent that is silent for days costs nothing, and a late word of the detector on
 * that time still counts whole.
 *
 * <p>Stored as JSON by its fields. Not thread-safe.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class WatchedAgent {

    private static final int MOST_GAPS = 8;

    /** Whether an event said that there is such an agent and that it has been active. */
    boolean known;

    Watch watch = Watch.AWAITED;
    /** Whether the detector called it unhealthy since its last heartbeat. */
    boolean silent;

    HeartbeatMode mode = HeartbeatMode.IDLE;
    long lastMs;
    long lastObserved;
    /** From where in observed time its intervals are laid end to end. */
    long anchorMs;
    /** A heartbeat counts only if it is younger. */
    long orderedMs = -1;
    /** The first hour of which what came since the last heartbeat is not published for the last time. */
    long openHour;

    SortedMap<Long, Hour> hours = new TreeMap<>();
    List<Gap> gaps = new ArrayList<>();

    Span.Moment last() {
        return new Span.Moment(lastMs, lastObserved);
    }

    Hour hour(long hour) {
        return hours.getOrDefault(hour, Hour.empty(hour));
    }

    void put(Hour hour) {
        hours.put(hour.hour(), hour);
    }

    void remember(Gap gap) {
        gaps.add(gap);
        if (gaps.size() > MOST_GAPS) {
            gaps.remove(0);
        }
    }

    /** Forgets the hours that are published and that nothing can change any more. */
    void prune(long nowMs, long gapsKeptMs) {
        gaps.removeIf(gap -> nowMs - gap.toMs() > gapsKeptMs);
        long settled = gaps.stream()
                .mapToLong(gap -> ObservedTime.hourOf(gap.fromMs()))
                .reduce(ObservedTime.hourOf(watch == Watch.ON ? lastMs : nowMs), Math::min);
        hours.values().removeIf(hour -> !hour.dirty() && hour.hour() < settled);
    }
}
