package io.agentstation.gateway.exports;

import io.agentstation.gateway.requests.Slots;
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
    Slots exportSlots(ExportSettings settings) {
        return new Slots(
                settings.atOnce(),
                settings.perWorkspace(),
                "too_many_exports",
                "Too many exports are being written, try again when one has ended");
    }

    @Bean
    ExportStream exportStream(ExportSettings settings) {
        return new ExportStream(settings.longest(), System::nanoTime);
    }
}
