package io.agentstation.gateway.health;

import io.agentstation.gateway.keys.Caller;
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

    private final GatewayHealth health;

    HealthController(GatewayHealth health) {
        this.health = health;
    }

    @GetMapping("/api/health")
    ResponseEntity<HealthAnswer> health(
            @RequestAttribute(name = Caller.ATTRIBUTE, required = false) @Nullable Caller caller) {
        GatewayHealth.Seen seen = health.see();
        return ResponseEntity.status(seen.isWell() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(caller == null ? HealthAnswer.word(seen) : HealthAnswer.whole(seen));
    }
}
