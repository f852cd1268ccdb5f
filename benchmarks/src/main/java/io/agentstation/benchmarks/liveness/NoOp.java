package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.topics.RecordHeaders;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Counts heartbeats, so that its progress can be seen, and does nothing else. */
final class NoOp implements Processor<byte[], byte[], byte[], byte[]> {

    private final LongAdder heartbeats;

    NoOp(LongAdder heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.headers().lastHeader(RecordHeaders.TYPE) == null) {
            heartbeats.increment();
        }
    }
}
