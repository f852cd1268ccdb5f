package io.agentstation.webhooks;

import io.agentstation.store.agents.Agents;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.RetrySchedule;
import io.agentstation.store.webhooks.WaitingLanes;
import io.agentstation.store.webhooks.WaitingMessages;
import io.agentstation.store.webhooks.WebhookHealth;
import io.agentstation.store.webhooks.WebhookProgress;
import io.agentstation.store.webhooks.WebhookStatistics;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.lanes.LaneTables;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The tables, in a keyspace brought up to date. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    Store store(Environment environment) {
        StoreSettings settings = Binder.get(environment).bindOrCreate("station.store", StoreSettings.class);
        SchemaMigrations.apply(settings);
        return StoreSession.open(settings);
    }

    @Bean
    Webhooks webhooks(Store store, KeyFile file) {
        return new Webhooks(store, SecretSeal.ofWebhooks(file.key()));
    }

    @Bean
    LaneTables laneTables(Store store, Webhooks webhooks) {
        return new LaneTables(
                webhooks,
                new WebhookHealth(store, webhooks),
                new WebhookProgress(store),
                new WaitingMessages(store),
                new RetrySchedule(store),
                new WaitingLanes(store));
    }

    @Bean
    DeliveryLog deliveryLog(Store store) {
        return new DeliveryLog(store);
    }

    @Bean
    WebhookStatistics webhookStatistics(Store store) {
        return new WebhookStatistics(store);
    }

    @Bean
    Agents agents(Store store) {
        return new Agents(store);
    }
}
