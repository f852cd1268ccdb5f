package io.agentstation.telemetry.batches;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the rows of each batch. Returns, so that the offsets are committed, only when every row is acknowledged and every
 * unreadable record is put aside; whatever fails, the whole batch is delivered again and writes the same rows.
 */
public final class BatchWriter<M> {

    private final Predicate<ConsumerRecord<byte[], byte[]>> isWanted;
    private final RecordDecoder<M> decoder;
    private final Rows<M> rows;
    private final BoundedWrites writes;
    private final DeadLetters deadLetters;

    /**
     * A writer for one topic.
     *
     * @param isWanted decides from headers alone; what is not wanted is skipped before it is decoded
     */
    public BatchWriter(
            Predicate<ConsumerRecord<byte[], byte[]>> isWanted,
            RecordDecoder<M> decoder,
            Rows<M> rows,
            BoundedWrites writes,
            DeadLetters deadLetters) {
        this.isWanted = isWanted;
        this.decoder = decoder;
        this.rows = rows;
        this.writes = writes;
        this.deadLetters = deadLetters;
    }

    /** Writes one poll's records; returns how many of them were put aside. */
    int write(List<ConsumerRecord<byte[], byte[]>> records) {
        Batch<M> batch = Batch.read(records, isWanted, decoder);
        rows.of(batch.messages()).forEach(writes::complete);
        // Last, so that an outage of Cassandra does not put the same poison aside with every try.
        deadLetters.publish(batch.poison());
        return batch.poison().size();
    }
}
