package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.topics.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the last heartbeat of each agent in a store, as tutorials do, in the leanest form: a prepared reader, the key as it
 * came, a value of 9 bytes. The scan that would find the silent ones is left out.
 */
final class Textbook implements Processor<byte[], byte[], byte[], byte[]> {

    static final String STORE = "last-heartbeats";

    private static final ObjectReader HEARTBEAT = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .readerFor(Heartbeat.class);

    private final LongAdder heartbeats;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    Textbook(LongAdder heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.headers().lastHeader(RecordHeaders.TYPE) != null) {
            return;
        }
        Heartbeat heartbeat = HEARTBEAT.readValue(record.value());
        byte[] last = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) heartbeat.mode().name().charAt(0))
                .putLong(record.timestamp())
                .array();
        Objects.requireNonNull(store).put(Bytes.wrap(record.key()), last);
        heartbeats.increment();
    }
}
