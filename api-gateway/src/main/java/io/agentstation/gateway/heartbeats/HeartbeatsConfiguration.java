package io.agentstation.gateway.heartbeats;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.kafka.ProducerLimits;
import io.agentstation.gateway.kafka.StationTopics;
import io.agentstation.gateway.kafka.TopicProducer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class HeartbeatsConfiguration {

    private static final Duration LINGER = Duration.ofMillis(3);
    private static final DataSize BUFFER = DataSize.ofMegabytes(32);
    private static final int IN_FLIGHT = 10_000;

    @Bean
    HeartbeatQueue heartbeatQueue(
            KafkaProperties kafka, GatewaySettings settings, StationTopics topics, MeterRegistry meters) {
        ProducerLimits limits = new ProducerLimits(settings.reportTimeout(), LINGER, BUFFER, IN_FLIGHT);
        return new HeartbeatQueue(
                TopicProducer.open(Topic.HEARTBEATS, kafka.buildProducerProperties(), limits, meters),
                topics.partitionCount());
    }
}
