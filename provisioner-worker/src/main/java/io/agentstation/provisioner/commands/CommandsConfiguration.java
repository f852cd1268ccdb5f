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

    // Enough to keep the acting threads busy when partitions are uneven; as many are read again after a kill -9, and
    // more
    // where one is slow and those behind it are done.
    private static final int MOST_IN_WORK = 128;

    @Bean
    CommandReader commandReader(KafkaAdmin admin) {
        return new CommandReader(PartitionCount.check(admin));
    }

    @Bean
    CommandsInWork commandsInWork() {
        return new CommandsInWork(MOST_IN_WORK);
    }

    @Bean
    DeadLetters deadLetters(KafkaTemplate<String, byte[]> kafka, CommandsInWork inWork) {
        return new DeadLetters(kafka, inWork);
    }

    @Bean
    DefaultErrorHandler commandErrors(DeadLetters deadLetters) {
        return CommandErrors.handler(deadLetters);
    }

    @Bean
    ConsumerAwareRebalanceListener partitionOwnership(Reconciliation reconciliation, CommandsInWork inWork) {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                reconciliation.assigned(numbers(partitions));
            }

            @Override
            public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                revoked(partitions);
            }

            @Override
            public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                revoked(partitions);
            }

            private void revoked(Collection<TopicPartition> partitions) {
                inWork.forget(numbers(partitions));
                reconciliation.revoked(numbers(partitions));
            }
        };
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
