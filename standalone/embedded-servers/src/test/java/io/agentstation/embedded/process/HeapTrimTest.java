package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapTrimTest {

    private static final long MIB = 1 << 20;

    private final AtomicLong used = new AtomicLong(100 * MIB);
    private final AtomicLong live = new AtomicLong(100 * MIB);
    private final AtomicInteger collections = new AtomicInteger();

    private void collect() {
        collections.incrementAndGet();
        used.set(live.get());
    }

    private final HeapTrim trim = new HeapTrim(used::get, live::get, this::collect);

    @Test
    void littleGarbageWaits() {
        used.addAndGet(12 * MIB);

        trim.look();

        assertThat(collections).hasValue(0);
    }

    @Test
    void muchGarbageIsCollectedOnce() {
        used.addAndGet(12 * MIB + 1);

        trim.look();
        trim.look();

        assertThat(collections).hasValue(1);
    }

    @Test
    void whatLivesIsNotCollectedAgainAndAgain() {
        // A collection that frees nothing: all of it is in use, and is what the last collection left.
        used.addAndGet(100 * MIB);
        live.set(used.get());

        trim.look();
        trim.look();

        assertThat(collections).hasValue(0);
    }

    @Test
    void onlyTheSerialCollectorIsHelped() {
        assertThat(HeapTrim.isOfTheSerialCollector("Tenured Gen")).isTrue();
        assertThat(HeapTrim.isOfTheSerialCollector("G1 Old Gen")).isFalse();
        assertThat(HeapTrim.isOfTheSerialCollector("PS Old Gen")).isFalse();
    }
}
