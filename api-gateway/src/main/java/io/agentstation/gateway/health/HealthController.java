package io.agentstation.gateway.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.ticks.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/health}: for anyone one word, for holders of a key also what it is made of.
 *
 * <p>503 when this gateway cannot do its work, since Kafka or Cassandra is away. A blind detector is {@code degraded} and an
 * alarm, but 200: a load balancer that took the gateways out for it would end their ticks too, and so the blindness would
 * never end.
 */
@RestController
final class HealthController {

    /**
     * The answer.
     *
     * @param status     {@code ok} or {@code degraded}
     * @param components absent without a key
     * @param alarms     absent without a key, and when there are none
     */
    record HealthAnswer(
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, String> components,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Alarm> alarms) {}

    private final StationHealth health;
    private final DetectorWatch detector;
    private final Ticker ticker;

    HealthController(StationHealth health, DetectorWatch detector, Ticker ticker) {
        this.health = health;
        this.detector = detector;
        this.ticker = ticker;
    }

    @GetMapping("/api/health")
    ResponseEntity<HealthAnswer> health(
            @RequestAttribute(name = Caller.ATTRIBUTE, required = false) @Nullable Caller caller) {
        StationHealth.Seen station = health.see();
        DetectorWatch.Seen absence = detector.see();
        String status = station.isWell() && absence.alarm().isEmpty() ? "ok" : "degraded";
        HealthAnswer answer = caller == null
                ? new HealthAnswer(status, null, List.of())
                : new HealthAnswer(
                        status,
                        components(station, absence),
                        absence.alarm().stream().toList());
        return ResponseEntity.status(station.isWell() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(answer);
    }

    private Map<String, String> components(StationHealth.Seen station, DetectorWatch.Seen absence) {
        Map<String, String> words = new LinkedHashMap<>();
        station.components().forEach((name, up) -> words.put(name, up ? "up" : "down"));
        words.put("ticks", ticker.isTicking() ? "sent" : "held");
        words.put("liveness", absence.sight().name().toLowerCase(Locale.ROOT));
        return words;
    }
}
