package io.agentstation.gateway.policies;

import io.agentstation.contracts.policies.WorkspacePolicies;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.commands.Commands;
import io.agentstation.gateway.kafka.CompactedTail;
import io.agentstation.gateway.kafka.ProducerLimits;
import io.agentstation.gateway.kafka.TopicProducer;
import io.agentstation.gateway.lifecycle.CaughtUpRows;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.events.LifecycleEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
class PoliciesConfiguration {

    private static final DataSize BUFFER = DataSize.ofMegabytes(1);
    private static final int IN_FLIGHT = 100;

    @Bean
    CompactedTail<WorkspacePolicies> workspacePolicies(KafkaProperties kafka) {
        return new CompactedTail<>(Topic.POLICIES, WorkspacePolicies.class, kafka.buildConsumerProperties());
    }

    @Bean
    PoliciesInForce policiesInForce(
            KafkaProperties kafka,
            GatewaySettings settings,
            CompactedTail<WorkspacePolicies> known,
            MeterRegistry meters) {
        ProducerLimits limits = new ProducerLimits(settings.commandTimeout(), Duration.ZERO, BUFFER, IN_FLIGHT);
        TopicProducer producer = TopicProducer.open(Topic.POLICIES, kafka.buildProducerProperties(), limits, meters);
        return new PoliciesInForce(producer, known, settings.commandTimeout());
    }

    @Bean
    AgentPolicyChange agentPolicyChange(
            Agents agents, LifecycleEvents events, Commands commands, Waiters waiters, CaughtUpRows rows) {
        return new AgentPolicyChange(agents, events, commands, waiters, rows);
    }
}
