package io.agentstation.liveness.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.silence.LastHeartbeat;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.watch.WatchStore;
import io.agentstation.liveness.watch.WatchTable;
import io.agentstation.liveness.watch.Watches;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What was read is in the changelogged store when it is committed as read, although an ordinary heartbeat touches no store.
 * The driver commits after each record, as Kafka Streams does.
 */
class EveryCommitHoldsTheWatchesTest {

    private static final long T = 1_800_000_000_000L;
    private static final Story STORY = Story.of(1);

    private final TopologyHarness harness = new TopologyHarness(1);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void anOrdinaryHeartbeatIsStoredWithTheCommitThatCoversIt() {
        harness.active(STORY, HeartbeatMode.IDLE, T);
        for (int beat = 1; beat <= 2_000; beat++) {
            harness.beat(STORY, HeartbeatMode.SLEEP, T + beat);

            assertThat(stored()).isEqualTo(new LastHeartbeat(HeartbeatMode.SLEEP, T + beat));
        }
    }

    // Negative control: no other mechanism brings a heartbeat into the store.
    @Test
    void withoutTheHookAHeartbeatIsLostAtTheNextRestart() {
        Variant real = Variant.real(LivenessSettings.defaults());
        try (TopologyHarness without =
                new TopologyHarness(1, new Variant(real.rule(), real.outputs(), real.keepsChangelogs(), false))) {
            without.active(STORY, HeartbeatMode.IDLE, T);
            without.beat(STORY, HeartbeatMode.SLEEP, T + 1);

            assertThat(restored(without).find(STORY.agent())).isEqualTo(WatchTable.NONE);
        }
    }

    @Test
    void theStoreKeepsARingAndBlocksWhateverIsHeard() {
        harness.active(STORY, HeartbeatMode.IDLE, T);
        for (int beat = 1; beat <= 2_000; beat++) {
            harness.beat(STORY, HeartbeatMode.IDLE, T + beat);
        }

        assertThat(store(harness).approximateNumEntries()).isBetween(2L, 600L);
    }

    private LastHeartbeat stored() {
        Watches restored = restored(harness);
        return Objects.requireNonNull(restored.last(restored.find(STORY.agent())));
    }

    private static Watches restored(TopologyHarness harness) {
        return new Watches(new Stored(store(harness)), T, (table, row) -> WatchTable.NEVER);
    }

    private static KeyValueStore<String, byte[]> store(TopologyHarness harness) {
        return harness.driver.getKeyValueStore(LivenessTopology.WATCHES_STORE);
    }

    private record Stored(KeyValueStore<String, byte[]> store) implements WatchStore {

        @Override
        public void put(String key, byte[] record) {
            throw new AssertionError("reading writes nothing");
        }

        @Override
        public void forEach(BiConsumer<String, byte[]> reader) {
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> reader.accept(row.key, row.value));
            }
        }
    }
}
