package io.agentstation.gateway.history;

import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.rollups.Availability;
import io.agentstation.store.rollups.MetricsRollups;
import io.agentstation.store.session.Store;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables that hold history. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    Heartbeats heartbeats(Store store) {
        return new Heartbeats(store);
    }

    @Bean
    Metrics metrics(Store store) {
        return new Metrics(store);
    }

    @Bean
    MetricsRollups metricsRollups(Store store, Clock clock) {
        return new MetricsRollups(store, clock);
    }

    @Bean
    Availability availability(Store store, Clock clock) {
        return new Availability(store, clock);
    }

    @Bean
    LifecycleEvents lifecycleEvents(Store store) {
        return new LifecycleEvents(store);
    }
}
