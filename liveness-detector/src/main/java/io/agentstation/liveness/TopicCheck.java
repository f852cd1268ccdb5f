package io.agentstation.liveness;

import io.agentstation.contracts.topics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Refuses to start on topics that are missing or of different size: agents' records would meet in no one partition. */
final class TopicCheck {

    /** What the detector reads and writes. */
    static final List<String> TOPICS = Stream.concat(
                    Stream.of(Topic.COMMANDS, Topic.HEARTBEATS, Topic.OBSERVATIONS, Topic.LIFECYCLE, Topic.FLEET)
                            .map(Topic::topicName),
                    Stream.of(Topic.COMMANDS, Topic.HEARTBEATS, Topic.OBSERVATIONS)
                            .map(Topic::deadLetterName))
            .toList();

    private TopicCheck() {}

    /**
     * How many partitions each of the topics has.
     *
     * @throws IllegalStateException when a topic is missing, the counts differ, or the broker does not answer in time
     */
    static int partitions(Admin admin, List<String> topics, Duration timeout) {
        try {
            return same(admin.describeTopics(topics)
                    .allTopicNames()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .values());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics of the detector cannot be described: " + topics, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker did not describe its topics within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were checked", e);
        }
    }

    private static int same(Collection<TopicDescription> topics) {
        Map<String, Integer> counts = new TreeMap<>();
        topics.forEach(topic -> counts.put(topic.name(), topic.partitions().size()));
        if (counts.values().stream().distinct().count() != 1) {
            throw new IllegalStateException("the topics must all have the same number of partitions: " + counts);
        }
        return counts.values().iterator().next();
    }
}
