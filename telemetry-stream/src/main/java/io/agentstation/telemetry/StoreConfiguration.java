package io.agentstation.telemetry;

import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.reports.Heartbeats;
import io.agentstation.store.reports.Metrics;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The tables that are written, in a keyspace brought up to date. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    Store store(Environment environment) {
        StoreSettings settings = Binder.get(environment).bindOrCreate("station.store", StoreSettings.class);
        SchemaMigrations.apply(settings);
        return StoreSession.open(settings);
    }

    @Bean
    Heartbeats heartbeats(Store store) {
        return new Heartbeats(store);
    }

    @Bean
    Metrics metrics(Store store) {
        return new Metrics(store);
    }

    @Bean
    LifecycleEvents lifecycleEvents(Store store) {
        return new LifecycleEvents(store);
    }

    @Bean
    AgentProjections agentProjections(Store store) {
        return new AgentProjections(store);
    }

    @Bean
    LatestReports latestReports(Store store) {
        return new LatestReports(store);
    }

    @Bean
    AgentLists agentLists(Store store) {
        return new AgentLists(store);
    }
}
