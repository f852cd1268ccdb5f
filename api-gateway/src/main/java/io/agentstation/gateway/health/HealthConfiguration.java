package io.agentstation.gateway.health;

import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.kafka.StationTopics;
import io.agentstation.gateway.ticks.TickGate;
import io.agentstation.gateway.ticks.Ticker;
import io.agentstation.store.session.Store;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    StationHealth stationHealth(Admin admin, Store store) {
        return StationHealth.of(admin, store, System::nanoTime);
    }

    @Bean
    DetectorWatch detectorWatch(StationTopics topics, GatewaySettings settings, TickGate gate, Clock clock) {
        return new DetectorWatch(
                topics.partitionCount(),
                settings.detectorBlindAfter(),
                gate,
                new DetectorWatch.Clocks(System::nanoTime, clock));
    }

    @Bean
    GatewayHealth gatewayHealth(StationHealth station, DetectorWatch detector, Ticker ticker) {
        return new GatewayHealth(station, detector, ticker);
    }

    @Bean
    DetectorReader detectorReader(KafkaProperties kafka, DetectorWatch watch) {
        return new DetectorReader(kafka.buildConsumerProperties(), watch);
    }
}
