package io.agentstation.gateway.exports;

import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportSettings.class)
class ExportsConfiguration {

    @Bean
    AgentExport agentExport(Heartbeats heartbeats, Metrics metrics, LifecycleEvents events, Clock clock) {
        return new AgentExport(heartbeats, metrics, events, clock);
    }

    @Bean
    ExportSlots exportSlots(ExportSettings settings) {
        return new ExportSlots(settings);
    }

    @Bean
    ExportStream exportStream(ExportSettings settings) {
        return new ExportStream(settings.longest(), System::nanoTime);
    }
}
