package io.agentstation.gateway.commands;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.kafka.ProducerLimits;
import io.agentstation.gateway.kafka.TopicProducer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class CommandsConfiguration {

    private static final DataSize BUFFER = DataSize.ofMegabytes(16);
    private static final int IN_FLIGHT = 1_000;

    @Bean
    Commands commands(KafkaProperties kafka, GatewaySettings settings, Clock clock, MeterRegistry meters) {
        ProducerLimits limits = new ProducerLimits(settings.commandTimeout(), Duration.ZERO, BUFFER, IN_FLIGHT);
        return new Commands(TopicProducer.open(Topic.COMMANDS, kafka.buildProducerProperties(), limits, meters), clock);
    }
}
