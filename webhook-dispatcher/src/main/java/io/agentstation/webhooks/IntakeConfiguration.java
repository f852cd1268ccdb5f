package io.agentstation.webhooks;

import io.agentstation.store.agents.Agents;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.Webhooks;
import io.agentstation.webhooks.intake.IntakeSettings;
import io.agentstation.webhooks.intake.Intakes;
import io.agentstation.webhooks.intake.RetryLog;
import io.agentstation.webhooks.lanes.AttemptLog;
import io.agentstation.webhooks.lanes.Lanes;
import io.agentstation.webhooks.sending.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** What is read from Kafka, and that nothing of it is ever skipped. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /**
     * Retries without end. Meanwhile the consumer is paused and goes on polling, so that it stays in its group; poison has
     * been put aside by then, so that what fails here is Cassandra, Kafka, or a defect that must not cost an event.
     */
    @Bean
    DefaultErrorHandler tryAgainUntilTaken() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_WAIT.toMillis(), 2);
        backOff.setMaxInterval(LONGEST_WAIT.toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(
                (record, failure) -> {
                    throw new IllegalStateException("records of " + record.topic() + " are never skipped", failure);
                },
                backOff);
        // By default some exceptions are not retried but skipped.
        handler.setClassifications(Map.of(), true);
        handler.setRetryListeners(new RetryLog());
        return handler;
    }

    @Bean
    Intakes intakes(
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaTemplate<byte[], byte[]> kafka,
            KafkaAdmin admin,
            DefaultErrorHandler tryAgainUntilTaken,
            DispatcherSettings settings,
            Lanes lanes,
            Clock clock) {
        return new Intakes(
                consumers,
                kafka,
                admin,
                tryAgainUntilTaken,
                new IntakeSettings(settings.group(), settings.threads(), settings.takeWithin()),
                lanes,
                clock);
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> eventsReader(Intakes intakes, Webhooks webhooks, Agents agents) {
        return intakes.events(webhooks, agents);
    }

    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> ordersReader(
            Intakes intakes,
            Webhooks webhooks,
            Agents agents,
            DeliveryLog deliveries,
            Sender sender,
            AttemptLog attempts) {
        return intakes.orders(webhooks, agents, deliveries, sender, attempts);
    }
}
