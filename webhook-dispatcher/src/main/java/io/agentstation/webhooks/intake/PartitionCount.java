package io.agentstation.webhooks.intake;

import io.agentstation.contracts.topics.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.springframework.kafka.core.KafkaAdminOperations;

/** The one number of partitions of every keyed topic, fixed when the station was first started. */
public record PartitionCount(int value) {

    /**
     * Asks Kafka for these topics and their dead-letter topics.
     *
     * @throws IllegalStateException when a topic is missing or has another number: an agent's records would then no longer
     *     be where their readers look for them, so that this must never be served
     */
    public static PartitionCount ask(KafkaAdminOperations kafka, Set<Topic> topics) {
        Map<String, TopicDescription> described = kafka.describeTopics(topics.stream()
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                .toArray(String[]::new));
        Map<String, Integer> counts = new TreeMap<>();
        described.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        return of(counts);
    }

    static PartitionCount of(Map<String, Integer> counts) {
        if (counts.values().stream().distinct().count() != 1) {
            throw new IllegalStateException("every topic must have the same number of partitions, not " + counts);
        }
        return new PartitionCount(counts.values().iterator().next());
    }
}
