package io.agentstation.gateway.fleet;

import io.agentstation.gateway.keys.Caller;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/fleet}. */
@RestController
final class FleetController {

    private final FleetReader reader;

    FleetController(FleetReader reader) {
        this.reader = reader;
    }

    @GetMapping("/api/fleet")
    Fleet fleet(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return Fleet.sum(reader.of(caller.user().workspace()));
    }

    /** The beans of this package. */
    @Configuration(proxyBeanMethods = false)
    static class FleetConfiguration {

        @Bean
        FleetReader fleetReader(KafkaProperties kafka) {
            return new FleetReader(kafka.buildConsumerProperties());
        }
    }
}
