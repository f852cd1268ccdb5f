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
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Refuses to start on topics that are missing, of different size (an agent's records would meet in no one partition), or
 * stamped by their producers (whose clocks would decide who is alive).
 */
final class TopicCheck {

    /** What the detector reads. */
    static final List<String> READ = Stream.of(Topic.COMMANDS, Topic.HEARTBEATS, Topic.OBSERVATIONS, Topic.POLICIES)
            .map(Topic::topicName)
            .toList();

    /** What the detector reads and writes. */
    static final List<String> ALL = Stream.of(
                    READ.stream(),
                    Stream.of(Topic.LIFECYCLE, Topic.FLEET, Topic.DETECTOR).map(Topic::topicName))
            .flatMap(names -> names)
            .toList();

    private static final String LOG_APPEND_TIME = "LogAppendTime";

    private final Admin admin;
    private final Duration timeout;

    TopicCheck(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /**
     * How many partitions each of the topics has.
     *
     * @throws IllegalStateException when a topic is missing, the counts differ, or the broker does not answer in time
     */
    int partitions(List<String> topics) {
        Collection<TopicDescription> descriptions =
                await(admin.describeTopics(topics).allTopicNames(), topics).values();
        Map<String, Integer> counts = new TreeMap<>();
        descriptions.forEach(
                topic -> counts.put(topic.name(), topic.partitions().size()));
        if (counts.values().stream().distinct().count() != 1) {
            throw new IllegalStateException("the topics must all have the same number of partitions: " + counts);
        }
        return counts.values().iterator().next();
    }

    /**
     * Checks that the broker stamps the topics' records.
     *
     * @throws IllegalStateException when a producer does, or the broker does not answer in time
     */
    void requireLogAppendTime(List<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> configs =
                await(admin.describeConfigs(resources).all(), topics);
        configs.forEach((resource, config) -> {
            String type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
            if (!type.equals(LOG_APPEND_TIME)) {
                throw new IllegalStateException("topic " + resource.name() + " must have "
                        + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + LOG_APPEND_TIME + ", it has " + type);
            }
        });
    }

    private <T> T await(KafkaFuture<T> answer, List<String> topics) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics of the detector cannot be described: " + topics, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker did not describe its topics within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were checked", e);
        }
    }
}
