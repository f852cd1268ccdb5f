package io.agentstation.gateway.kafka;

import io.agentstation.contracts.topics.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The topics as they are in Kafka: all there, all with one number of partitions.
 *
 * @param partitionCount of every keyed topic
 */
public record StationTopics(int partitionCount) {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /**
     * Looks at Kafka and returns what is there.
     *
     * @throws IllegalStateException when a topic is missing or has another number of partitions: nothing may start then
     */
    public static StationTopics check(Admin admin) throws InterruptedException {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        try {
            return of(admin.describeTopics(names).allTopicNames().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the topics " + names + " must exist before the gateway starts: " + e.getMessage(), e);
        }
    }

    private static StationTopics of(Map<String, TopicDescription> found) {
        Map<String, Integer> counts = new TreeMap<>();
        found.forEach(
                (name, description) -> counts.put(name, description.partitions().size()));
        List<Integer> distinct = counts.values().stream().distinct().toList();
        if (distinct.size() != 1) {
            throw new IllegalStateException("all topics must have the same number of partitions: " + counts);
        }
        return new StationTopics(distinct.get(0));
    }
}
