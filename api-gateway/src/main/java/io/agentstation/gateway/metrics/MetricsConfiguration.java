package io.agentstation.gateway.metrics;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.kafka.ProducerLimits;
import io.agentstation.gateway.kafka.TopicProducer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    static final String PRODUCER = "metricsProducer";

    private static final Duration LINGER = Duration.ofMillis(5);
    private static final DataSize BUFFER = DataSize.ofMegabytes(32);

    /** Fewer than heartbeats may have: when Kafka stalls, metrics are refused first. */
    private static final int IN_FLIGHT = 2_000;

    @Bean(PRODUCER)
    TopicProducer metricsProducer(KafkaProperties kafka, GatewaySettings settings, MeterRegistry meters) {
        ProducerLimits limits = new ProducerLimits(settings.reportTimeout(), LINGER, BUFFER, IN_FLIGHT);
        return TopicProducer.open(Topic.METRICS, kafka.buildProducerProperties(), limits, meters);
    }
}
