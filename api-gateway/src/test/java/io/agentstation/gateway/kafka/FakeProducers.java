package io.agentstation.gateway.kafka;

import io.agentstation.contracts.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.util.unit.DataSize;

/** Producers without a broker. */
public final class FakeProducers {

    private FakeProducers() {}

    /** One that acknowledges at once. */
    public static MockProducer<byte[], byte[]> acknowledging(Topic topic, int partitions) {
        return of(topic, partitions, true);
    }

    /** One that acknowledges when told. */
    public static MockProducer<byte[], byte[]> waiting(Topic topic) {
        return of(topic, 1, false);
    }

    /** Of a producer with so many records in flight. */
    static ProducerLimits limits(int inFlight) {
        return new ProducerLimits(Duration.ofMillis(1_800), Duration.ZERO, DataSize.ofMegabytes(1), inFlight);
    }

    private static MockProducer<byte[], byte[]> of(Topic topic, int partitions, boolean atOnce) {
        Node node = new Node(0, "broker", 1);
        List<PartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(partition ->
                        new PartitionInfo(topic.topicName(), partition, node, new Node[] {node}, new Node[] {node}))
                .toList();
        Cluster cluster = new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
        return new MockProducer<>(
                cluster, atOnce, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The way into a topic through such a producer. */
    public static TopicProducer topic(Topic topic, MockProducer<byte[], byte[]> producer, int inFlight) {
        return new TopicProducer(topic, producer, limits(inFlight), () -> 0L);
    }

    /** The way into a topic without room for one more record: whatever is sent is refused before it is. */
    public static TopicProducer full(Topic topic) {
        TopicProducer full = topic(topic, waiting(topic), 1);
        var unused = full.send("first", new byte[0]);
        return full;
    }
}
