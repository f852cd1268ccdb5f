package io.agentstation.gateway.health;

import io.agentstation.gateway.health.DetectorWatch.Sight;
import io.agentstation.gateway.ticks.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What this gateway can say of itself and of what it needs. Thread-safe. */
public final class GatewayHealth {

    /**
     * What was seen.
     *
     * @param isWell     whether it can do its work: Kafka and Cassandra are there
     * @param components each with a word
     * @param alarms     what a person should look at; a gateway does its work all the same
     */
    public record Seen(boolean isWell, Map<String, String> components, List<Alarm> alarms) {

        String status() {
            return isWell && alarms.isEmpty() ? "ok" : "degraded";
        }
    }

    private final StationHealth station;
    private final DetectorWatch detector;
    private final Ticker ticker;

    GatewayHealth(StationHealth station, DetectorWatch detector, Ticker ticker) {
        this.station = station;
        this.detector = detector;
        this.ticker = ticker;
    }

    /** Looks; waits up to two seconds for what does not answer. */
    public Seen see() {
        StationHealth.Seen needed = station.see();
        DetectorWatch.Seen absence = detector.see();
        Map<String, String> words = new LinkedHashMap<>();
        needed.components().forEach((name, up) -> words.put(name, up ? "up" : "down"));
        words.put("ticks", isTicking() ? "sent" : "held");
        words.put("liveness", absence.sight().name().toLowerCase(Locale.ROOT));
        return new Seen(needed.isWell(), words, absence.alarm().stream().toList());
    }

    /** Whether it vouches for the heartbeats that it takes, at once. */
    public boolean isTicking() {
        return ticker.isTicking();
    }

    /** Whether the detector can prove no absence, at once. */
    public boolean isDetectorBlind() {
        return detector.see().sight() == Sight.BLIND;
    }
}
