package io.agentstation.liveness.topology;

import io.agentstation.contracts.topics.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Poison as a record of the dead-letter topic: as it came, with headers that say why and where from. */
final class DeadLetters {

    static final String ORIGIN_PARTITION = "origin-partition";
    static final String ORIGIN_OFFSET = "origin-offset";

    // With the headers added, a record of the largest size the broker takes would be refused, and stop the partition.
    private static final int MAX_VALUE_BYTES = 512 * 1024;
    private static final int MAX_REASON = 1_000;

    private DeadLetters() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> poison, RecordMetadata origin, String reason) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders(poison.headers());
        headers.add(RecordHeaders.REASON, bytes(reason.substring(0, Math.min(reason.length(), MAX_REASON))));
        headers.add(ORIGIN_PARTITION, bytes(Integer.toString(origin.partition())));
        headers.add(ORIGIN_OFFSET, bytes(Long.toString(origin.offset())));
        return poison.withValue(cut(poison.value())).withHeaders(headers);
    }

    private static byte @Nullable [] cut(byte @Nullable [] value) {
        return value == null || value.length <= MAX_VALUE_BYTES ? value : Arrays.copyOf(value, MAX_VALUE_BYTES);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
