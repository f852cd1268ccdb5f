package io.agentstation.webhooks.intake;

import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * The dead-letter topic of one topic: poison in its partition, with headers that say why and where it was. It is as it came,
 * unless it is huge: a value is cut after 512 KiB, a key after 1 KiB, and headers of more than 64 KiB are left out.
 */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    // With the headers added, a record of the largest size the broker takes would be refused, and stop the partition.
    private static final int MAX_VALUE_BYTES = 512 * 1024;
    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_HEADERS_BYTES = 64 * 1024;
    private static final int MAX_REASON = 1_000;

    private final Topic topic;
    private final KafkaOperations<byte[], byte[]> kafka;

    DeadLetters(Topic topic, KafkaOperations<byte[], byte[]> kafka) {
        this.topic = topic;
        this.kafka = kafka;
    }

    /** Puts the records aside; returns when Kafka has acknowledged all of them. */
    void publish(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        CompletableFuture.allOf(letters.stream()
                        .map(letter -> kafka.send(record(letter)))
                        .toArray(CompletableFuture[]::new))
                .join();
        log.atWarn()
                .addKeyValue("topic", topic.topicName())
                .addKeyValue("records", letters.size())
                .addKeyValue("partition", letters.get(0).record().partition())
                .addKeyValue("offset", letters.get(0).record().offset())
                .log("Unreadable records put aside; partition and offset of the first");
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        var source = letter.record();
        var dead = new ProducerRecord<>(
                topic.deadLetterName(),
                source.partition(),
                cut(source.key(), MAX_KEY_BYTES),
                cut(source.value(), MAX_VALUE_BYTES),
                isSmall(source.headers()) ? source.headers() : null);
        dead.headers()
                .add(RecordHeaders.REASON, bytes(letter.reason()))
                .add(KafkaHeaders.DLT_ORIGINAL_TOPIC, source.topic().getBytes(StandardCharsets.UTF_8))
                .add(
                        KafkaHeaders.DLT_ORIGINAL_PARTITION,
                        ByteBuffer.allocate(Integer.BYTES)
                                .putInt(source.partition())
                                .array())
                .add(
                        KafkaHeaders.DLT_ORIGINAL_OFFSET,
                        ByteBuffer.allocate(Long.BYTES).putLong(source.offset()).array());
        return dead;
    }

    private static byte[] bytes(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static boolean isSmall(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size <= MAX_HEADERS_BYTES;
    }
}
