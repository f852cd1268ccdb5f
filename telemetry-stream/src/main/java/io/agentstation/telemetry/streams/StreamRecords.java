package io.agentstation.telemetry.streams;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Records of Kafka Streams as the consumer knows them, so that every reader of a topic reads by the same rules. */
public final class StreamRecords {

    private StreamRecords() {}

    /** The record with its place. */
    public static ConsumerRecord<byte[], byte[]> of(FixedKeyRecord<byte[], byte[]> record, RecordMetadata place) {
        return of(record.key(), record.value(), record.timestamp(), record.headers(), place);
    }

    /** The record with its place. */
    public static ConsumerRecord<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata place) {
        return of(record.key(), record.value(), record.timestamp(), record.headers(), place);
    }

    @SuppressWarnings("NullAway") // Kafka's records have no key or no value when there is none.
    private static ConsumerRecord<byte[], byte[]> of(
            byte @Nullable [] key, byte @Nullable [] value, long appendTimeMs, Headers headers, RecordMetadata place) {
        return new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                appendTimeMs,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value,
                headers,
                Optional.empty());
    }
}
