package io.agentstation.standalone.topics;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.standalone.failures.StationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the topics that are missing, dead-letter topics included. Their number of partitions is fixed at the first start:
 * it decides which partition an agent's records are in.
 */
public final class TopicCreation {

    /** Partitions of each topic of a new station. */
    public static final int PARTITIONS = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Map<String, String> DEAD_LETTERS = Map.of(
            "message.timestamp.type",
            "LogAppendTime",
            "retention.ms",
            Long.toString(Duration.ofDays(30).toMillis()));

    private final Admin admin;

    private TopicCreation(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes what is missing and returns its names; repeating it makes nothing.
     *
     * @throws StationFailure when the topics that exist differ in their number of partitions, or Kafka refuses
     */
    public static Set<String> run(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return new TopicCreation(admin).run();
        } catch (ExecutionException | TimeoutException e) {
            throw new StationFailure("the topics could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StationFailure("the making of the topics was interrupted", e);
        }
    }

    private Set<String> run() throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, Map<String, String>> wanted = wanted();
        Map<String, Integer> existing = existing(wanted.keySet());
        int partitions = partitions(existing);
        List<NewTopic> missing = new ArrayList<>();
        wanted.forEach((name, configuration) -> {
            if (!existing.containsKey(name)) {
                missing.add(new NewTopic(name, partitions, (short) 1).configs(configuration));
            }
        });
        admin.createTopics(missing).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        awaitVisible(wanted.keySet());
        awaitLeaders(wanted.keySet(), partitions);
        return new HashSet<>(missing.stream().map(NewTopic::name).toList());
    }

    // The controller has committed the topics when it answers; the broker tells its clients of them a moment later.
    private void awaitVisible(Set<String> wanted) throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!existing(wanted).keySet().containsAll(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new StationFailure("the topics are not visible after " + TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    // While a new leader takes its partition over, an idempotent producer's first batch may be refused and its second
    // taken; then the first is out of order for ever (seen: two minutes of retries). Only a leader answers this.
    private void awaitLeaders(Set<String> topics, int partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        admin.listOffsets(ends).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private static Map<String, Map<String, String>> wanted() {
        Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            wanted.put(topic.topicName(), topic.configuration());
            wanted.put(topic.deadLetterName(), DEAD_LETTERS);
        }
        return wanted;
    }

    private Map<String, Integer> existing(Set<String> wanted)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> names = new HashSet<>(admin.listTopics().names().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
        names.retainAll(wanted);
        Map<String, TopicDescription> found =
                admin.describeTopics(names).allTopicNames().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        Map<String, Integer> partitions = new LinkedHashMap<>();
        found.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    private static int partitions(Map<String, Integer> existing) {
        Set<Integer> counts = new HashSet<>(existing.values());
        if (counts.size() > 1) {
            throw new StationFailure("all topics must have one number of partitions, but they have " + existing);
        }
        return counts.isEmpty() ? PARTITIONS : counts.iterator().next();
    }
}
