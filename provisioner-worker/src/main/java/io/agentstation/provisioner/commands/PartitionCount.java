package io.agentstation.provisioner.commands;

import io.agentstation.contracts.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.springframework.kafka.core.KafkaAdmin;

/** The one number of partitions of all topics that the provisioner touches; another number anywhere is fatal. */
final class PartitionCount {

    private static final List<String> TOPICS =
            List.of(Topic.COMMANDS.topicName(), Topic.COMMANDS.deadLetterName(), Topic.OBSERVATIONS.topicName());

    private PartitionCount() {}

    /**
     * Asks Kafka.
     *
     * @throws IllegalStateException when the topics differ: an agent's records would not meet
     * @throws org.springframework.kafka.KafkaException when a topic is missing, or Kafka does not answer
     */
    static int check(KafkaAdmin admin) {
        Map<String, TopicDescription> topics = admin.describeTopics(TOPICS.toArray(String[]::new));
        Map<String, Integer> counts = topics.values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
        List<Integer> distinct = counts.values().stream().distinct().toList();
        if (distinct.size() != 1) {
            throw new IllegalStateException("topics must all have the same number of partitions: " + counts);
        }
        return distinct.get(0);
    }
}
