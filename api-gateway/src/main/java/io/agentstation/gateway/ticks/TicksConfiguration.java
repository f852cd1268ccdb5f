package io.agentstation.gateway.ticks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.heartbeats.HeartbeatQueue;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class TicksConfiguration {

    @Bean
    TickGate tickGate() {
        return new TickGate(System::nanoTime);
    }

    /** Once it can be asked, not before: the time that a detector has for its first proof begins here. */
    @Bean
    ApplicationListener<ServletWebServerInitializedEvent> tickGateAtStart(TickGate gate, GatewaySettings settings) {
        return served -> {
            if (settings.tickAtStart()) {
                gate.open();
            }
        };
    }

    @Bean
    IngestProof ingestProof() {
        return new IngestProof(System::nanoTime);
    }

    @Bean
    Ticker ticker(HeartbeatQueue queue, StationKey key, TickGate gate, IngestProof proof) {
        return new Ticker(queue, key, gate, proof);
    }

    @Bean
    TickSchedule tickSchedule(
            Ticker ticker, StationKey key, TickGate gate, IngestProof proof, ServerProperties server) {
        boolean speaksTls = server.getSsl() != null && server.getSsl().isEnabled();
        return new TickSchedule(ticker, gate, proof, key, server.getAddress(), speaksTls ? "https" : "http");
    }
}
