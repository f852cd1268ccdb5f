package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where the topics end, how far groups have read them, and how large changelogs are. */
final class Log implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int BROKER = 1;
    private static final List<Topic> READ = List.of(Topic.COMMANDS, Topic.OBSERVATIONS, Topic.HEARTBEATS);

    private final Admin admin;
    private final int partitions;

    Log(String bootstrapServers, int partitions) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.partitions = partitions;
    }

    /** The end of every partition that the sides read. */
    Map<TopicPartition, OffsetAndMetadata> ends() {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (Topic topic : READ) {
            for (int partition = 0; partition < partitions; partition++) {
                wanted.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        get(admin.listOffsets(wanted).all()).forEach((of, end) -> ends.put(of, new OffsetAndMetadata(end.offset())));
        return ends;
    }

    /** Lets a group that nobody is in go on from there. */
    void seek(String group, Map<TopicPartition, OffsetAndMetadata> to) {
        get(admin.alterConsumerGroupOffsets(group, to).all());
    }

    /** Returns when the group has committed everything that is in the topic now. */
    void awaitRead(String group, Topic topic) {
        Map<TopicPartition, OffsetAndMetadata> ends = ends();
        ends.keySet().removeIf(partition -> !partition.topic().equals(topic.topicName()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasRead(group, ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " has not read " + topic.topicName() + " within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean hasRead(String group, Map<TopicPartition, OffsetAndMetadata> ends) {
        Map<TopicPartition, OffsetAndMetadata> read =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata committed = read.get(end.getKey());
            return end.getValue().offset() == 0
                    || (committed != null
                            && committed.offset() >= end.getValue().offset());
        });
    }

    /** The bytes on disk of each of the application's changelogs, by store. */
    SortedMap<String, Long> changelogBytes(String applicationId) {
        Map<Integer, Map<String, LogDirDescription>> brokers =
                get(admin.describeLogDirs(List.of(BROKER)).allDescriptions());
        SortedMap<String, Long> bytes = new TreeMap<>();
        brokers.values()
                .forEach(directories -> directories
                        .values()
                        .forEach(directory -> directory
                                .replicaInfos()
                                .forEach((of, replica) -> Changelogs.store(applicationId, of.topic())
                                        .ifPresent(store -> bytes.merge(store, replica.size(), Long::sum)))));
        return bytes;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the broker does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
