package io.agentstation.guarantees.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** What a person who runs Kafka can see and do. */
public final class Kafka implements AutoCloseable {

    private final Admin admin;
    private final int partitions;

    public Kafka(String bootstrapServers, int partitions) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.partitions = partitions;
    }

    /** Makes topics with the broker's time, as the station's are. */
    public void makeTopics(List<String> names) {
        List<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, partitions, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                .toList();
        await(admin.createTopics(topics).all());
    }

    /** Lets a client read so many bytes in a second, or as many as it likes when null. */
    public void limit(String clientId, @Nullable Double bytesPerSecond) {
        ClientQuotaEntity entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId));
        ClientQuotaAlteration.Op op = new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond);
        await(admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(op))))
                .all());
    }

    /** What a group has committed. */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    /** Whether a group has committed everything before these offsets. */
    public boolean hasRead(String group, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata offset = committed.get(end.getKey());
            return offset != null && offset.offset() >= end.getValue();
        });
    }

    /** How many records of its partitions a group has not committed, up to these offsets. */
    public long behind(String group, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata offset = committed.get(end.getKey());
                    return Math.max(0, end.getValue() - (offset == null ? 0 : offset.offset()));
                })
                .sum();
    }

    /** The ids of a group's members. */
    public Set<String> members(String group) {
        return await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(description -> description.members().stream())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many members of a group have partitions now. */
    public long workingMembers(String group) {
        return await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(description -> description.members().stream())
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    /** How many partitions those members of a group have whose client id begins so; empty when there are none. */
    public Optional<Integer> partitionsOf(String group, String clientId) {
        return await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(description -> description.members().stream())
                .filter(member -> member.clientId().startsWith(clientId))
                .map(member -> member.assignment().topicPartitions().size())
                .reduce(Integer::sum);
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaUnavailable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked", e);
        }
    }

    /** It did not answer, or with an error. */
    public static final class KafkaUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KafkaUnavailable(@Nullable Throwable cause) {
            super(cause);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
