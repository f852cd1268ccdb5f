package io.agentstation.benchmarks.liveness;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** From the first record that is restored to the last, and how many of which store. Thread-safe. */
final class Restores implements StateRestoreListener {

    private final Map<String, Long> records = new ConcurrentHashMap<>();
    private final AtomicLong firstNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        firstNanos.accumulateAndGet(System.nanoTime(), Math::min);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long to, long count) {
        lastNanos.accumulateAndGet(System.nanoTime(), Math::max);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        lastNanos.accumulateAndGet(System.nanoTime(), Math::max);
        records.merge(store, count, Long::sum);
    }

    void write(Properties figures) {
        records.forEach((store, count) -> figures.setProperty(Figure.RESTORED_RECORDS + store, count.toString()));
        long nanos = records.isEmpty() ? 0 : lastNanos.get() - firstNanos.get();
        figures.setProperty(Figure.RESTORE_MS, Long.toString(nanos / 1_000_000));
    }
}
