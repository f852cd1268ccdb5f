package io.agentstation.telemetry.batches;

import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.KafkaHeaders;

/** The dead-letter topic of one topic: poison as it came, in its partition, with headers that say why and where it was. */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final Topic topic;
    private final KafkaOperations<byte[], byte[]> kafka;

    public DeadLetters(Topic topic, KafkaOperations<byte[], byte[]> kafka) {
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
                topic.deadLetterName(), source.partition(), source.key(), source.value(), source.headers());
        dead.headers()
                .add(RecordHeaders.REASON, letter.reason().getBytes(StandardCharsets.UTF_8))
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
}
