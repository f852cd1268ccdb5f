package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.idempotency.Tickets;
import io.agentstation.gateway.kafka.ProducerLimits;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.WebhookStatistics;
import io.agentstation.store.webhooks.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhooksConfiguration {

    private static final DataSize BUFFER = DataSize.ofMegabytes(1);
    private static final int IN_FLIGHT = 100;

    @Bean
    Subscriptions subscriptions(Store store, StationKey key, Clock clock) {
        return new Subscriptions(new Webhooks(store, SecretSeal.ofWebhooks(key)), new WebhookSecrets(key), clock);
    }

    @Bean
    WebhookTickets webhookTickets(Tickets tickets) {
        return new WebhookTickets(tickets);
    }

    @Bean
    DeliveryLog deliveryLog(Store store) {
        return new DeliveryLog(store);
    }

    @Bean
    Deliveries deliveries(DeliveryLog log, Clock clock) {
        return new Deliveries(log, clock);
    }

    @Bean
    WebhookStatistics webhookStatistics(Store store) {
        return new WebhookStatistics(store);
    }

    @Bean
    WebhookOrders webhookOrders(
            KafkaProperties kafka, GatewaySettings settings, DeliveryLog log, Clock clock, MeterRegistry meters) {
        ProducerLimits limits = new ProducerLimits(settings.commandTimeout(), Duration.ZERO, BUFFER, IN_FLIGHT);
        return new WebhookOrders(
                TopicProducer.open(Topic.WEBHOOK_ORDERS, kafka.buildProducerProperties(), limits, meters), log, clock);
    }
}
