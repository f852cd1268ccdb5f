package io.agentstation.gateway.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.ticks.Ticker;
import io.agentstation.store.session.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/health}: for anyone one word, for holders of a key also what it is made of. */
@RestController
final class HealthController {

    /**
     * The answer.
     *
     * @param status     {@code ok} or {@code degraded}
     * @param components absent without a key
     */
    record HealthAnswer(
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, String> components) {}

    private final StationHealth health;
    private final Ticker ticker;

    HealthController(StationHealth health, Ticker ticker) {
        this.health = health;
        this.ticker = ticker;
    }

    @GetMapping("/api/health")
    ResponseEntity<HealthAnswer> health(
            @RequestAttribute(name = Caller.ATTRIBUTE, required = false) @Nullable Caller caller) {
        StationHealth.Seen seen = health.see();
        HealthAnswer answer =
                new HealthAnswer(seen.isWell() ? "ok" : "degraded", caller == null ? null : components(seen));
        return ResponseEntity.status(seen.isWell() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(answer);
    }

    private Map<String, String> components(StationHealth.Seen seen) {
        Map<String, String> words = new LinkedHashMap<>();
        seen.components().forEach((name, up) -> words.put(name, up ? "up" : "down"));
        words.put("ticks", ticker.isTicking() ? "sent" : "held");
        return words;
    }

    /** The beans of this package. */
    @Configuration(proxyBeanMethods = false)
    static class HealthConfiguration {

        @Bean
        StationHealth stationHealth(Admin admin, Store store) {
            return StationHealth.of(admin, store, System::nanoTime);
        }
    }
}
