package io.agentstation.telemetry.batches;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one poll brought: the messages, in offset order within each partition, and the records that are none. */
record Batch<M>(List<LogRecord<M>> messages, List<DeadLetter> poison) {

    /** Reads the records that are wanted; the others are neither message nor poison. */
    static <M> Batch<M> read(
            List<ConsumerRecord<byte[], byte[]>> records,
            Predicate<ConsumerRecord<byte[], byte[]>> isWanted,
            RecordDecoder<M> decoder) {
        List<LogRecord<M>> messages = new ArrayList<>(records.size());
        List<DeadLetter> poison = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (isWanted.test(record)) {
                try {
                    messages.add(decoder.decode(record));
                } catch (PoisonRecord e) {
                    poison.add(new DeadLetter(record, String.valueOf(e.getMessage())));
                }
            }
        }
        return new Batch<>(messages, poison);
    }
}
