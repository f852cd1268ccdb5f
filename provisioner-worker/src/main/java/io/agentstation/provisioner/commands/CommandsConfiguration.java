package io.agentstation.provisioner.commands;

import io.agentstation.provisioner.reconciliation.Reconciliation;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.DefaultErrorHandler;

/** How commands are listened to; Boot builds the container from these beans and from {@code provisioner-worker.yml}. */
@Configuration(proxyBeanMethods = false)
class CommandsConfiguration {

    @Bean
    CommandReader commandReader(KafkaAdmin admin) {
        return new CommandReader(PartitionCount.check(admin));
    }

    @Bean
    DefaultErrorHandler commandErrors(KafkaTemplate<String, byte[]> kafka) {
        return CommandErrors.handler(kafka);
    }

    @Bean
    ConsumerAwareRebalanceListener partitionOwnership(Reconciliation reconciliation) {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                reconciliation.assigned(numbers(partitions));
            }

            @Override
            public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                reconciliation.revoked(numbers(partitions));
            }

            @Override
            public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                reconciliation.revoked(numbers(partitions));
            }
        };
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
