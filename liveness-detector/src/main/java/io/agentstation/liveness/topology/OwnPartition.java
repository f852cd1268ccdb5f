package io.agentstation.liveness.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Puts what is said of a partition into the partition of the same number: the one that its key ends with. */
final class OwnPartition implements StreamPartitioner<byte[], byte[]> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        String text = new String(key, StandardCharsets.UTF_8);
        return Optional.of(Set.of(Integer.valueOf(text.substring(text.lastIndexOf('/') + 1))));
    }
}
