package io.agentstation.liveness.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is what is read back, however often the ring went round; heartbeats cost next to nothing. */
class WatchesAreRestoredTest {

    private static final long T = 1_800_000_000_000L;
    private static final HeartbeatMode[] MODES = HeartbeatMode.values();

    private final MemoryWatchStore store = new MemoryWatchStore();
    private Watches watches = open();
    private final List<AgentId> agents = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void afterAnyHistory(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long now = T;
        for (int commit = 0; commit < 3 * WatchJournal.RING; commit++) {
            for (int change = random.nextInt(12); change > 0; change--) {
                now += random.nextLong(50);
                change(random, now);
            }
            watches.write();
            // In some histories restarts are so frequent that no block would ever be due by its turn.
            if (random.nextInt(seed % 2 == 0 ? 300 : 3) == 0) {
                var before = contents(watches);
                watches = open();
                assertThat(contents(watches))
                        .as("seed %d, commit %d", seed, commit)
                        .isEqualTo(before);
            }
        }
        assertThat(agents.size()).isGreaterThan(WatchJournal.BLOCK);
    }

    @Test
    void whatWasNotWrittenIsNotThere() {
        int row = watches.of(agent(1));
        watches.heard(row, HeartbeatMode.IDLE, T);
        watches.write();
        watches.heard(row, HeartbeatMode.IDLE, T + 30_000);

        assertThat(watches.hasUnwritten()).isTrue();
        assertThat(open().table().lastMs(row)).isEqualTo(T);
    }

    // A million times this happens in five seconds of a large fleet in EMERGENCY mode.
    @Test
    void aHeartbeatCostsEightBytesAndItsShareOfTheBlocks() {
        int fleet = 10 * WatchJournal.BLOCK;
        for (int number = 0; number < fleet; number++) {
            watches.heard(watches.of(agent(number)), HeartbeatMode.EMERGENCY, T);
        }
        watches.write();
        long before = store.writtenBytes;
        int rounds = 4;
        for (int round = 1; round <= rounds; round++) {
            for (int row = 0; row < fleet; row++) {
                watches.heard(row, HeartbeatMode.EMERGENCY, T + round * 5_000L + row / 3);
                if (row % 300 == 0) {
                    watches.write();
                }
            }
        }
        watches.write();

        double bytesPerHeartbeat = (double) (store.writtenBytes - before) / (rounds * fleet);
        System.out.printf("%.1f bytes a heartbeat, %d records kept%n", bytesPerHeartbeat, store.records.size());
        assertThat(bytesPerHeartbeat).isBetween(8.0, 16.0);
        assertThat(store.records.size()).isLessThanOrEqualTo(WatchJournal.RING + 10);
    }

    @Test
    void aRecordOfAMassDeathStaysBelowWhatABrokerTakes() {
        for (int number = 0; number < 100_000; number++) {
            watches.status(watches.of(agent(number)), WatchTable.UNKNOWN, T);
        }
        watches.write();

        assertThat(store.records.values())
                .allSatisfy(record -> assertThat(record.length).isLessThan(100_000));
        assertThat(contents(open())).isEqualTo(contents(watches));
        assertThat(watches.table().size()).isEqualTo(100_000);
    }

    @Test
    void aTimeFarFromItsDeltasIsStoredWhole() {
        int one = watches.of(agent(1));
        int other = watches.of(agent(2));
        watches.write();
        watches.heard(one, HeartbeatMode.IDLE, T);
        watches.heard(other, HeartbeatMode.SLEEP, T - 1);
        watches.heard(one, HeartbeatMode.SLEEP, T + 20L * 24 * 3_600_000);
        watches.write();

        assertThat(contents(open())).isEqualTo(contents(watches));
    }

    // The format outlives the version that wrote it.
    @Test
    void theStoredFormIsThis() {
        int row = watches.of(new AgentId(UUID.fromString("019ac0de-0000-7000-8000-000000000001")));
        watches.heard(row, HeartbeatMode.SLEEP, T);
        watches.status(row, WatchTable.STEADY, WatchTable.NEVER);
        watches.heard(row, HeartbeatMode.IDLE, T + 9);
        watches.write();

        assertThat(store.records.keySet()).containsExactlyInAnyOrder("delta/1", "block/0");
        assertThat(HexFormat.of().formatHex(store.records.get("block/0")))
                .isEqualTo("01" + "0000000000000001" + "019ac0de00007000" + "8000000000000001" + "0001a3185c50094d"
                        + "7fffffffffffffff");
        assertThat(HexFormat.of().formatHex(store.records.get("delta/1")))
                .isEqualTo("01" + "0000000000000001" + "000001a3185c5000"
                        + "80000000" + "019ac0de00007000" + "8000000000000001" + "0000000000000040"
                        + "7fffffffffffffff"
                        + "00000000" + "80000000"
                        + "80000000" + "019ac0de00007000" + "8000000000000001" + "0001a3185c50004e"
                        + "7fffffffffffffff"
                        + "00000000" + "40000009");
    }

    @Test
    void aLaterVersionIsRefusedInWords() {
        store.put("block/0", new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 1});

        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the stored watch block/0 has version 9, this detector reads 1");
    }

    private void change(SplittableRandom random, long now) {
        if (agents.isEmpty() || random.nextInt(6) == 0) {
            agents.add(agent(random.nextLong()));
        }
        AgentId agent = agents.get(random.nextInt(agents.size()));
        int row = watches.of(agent);
        switch (random.nextInt(8)) {
            case 0 -> watches.forget(row);
            case 1 -> watches.unheard(row);
            case 2, 3 -> watches.status(row, random.nextInt(8) << 3, now + random.nextLong(10_000));
            default -> watches.heard(row, MODES[random.nextInt(MODES.length)], now);
        }
    }

    private Watches open() {
        return new Watches(store, T, (table, row) -> WatchTable.NEVER);
    }

    private static long[] contents(Watches watches) {
        LongStream.Builder contents = LongStream.builder();
        watches.forEach(row -> {
            contents.add(row);
            for (int word = 0; word < WatchTable.ROW_LONGS; word++) {
                contents.add(watches.table().word(row, word));
            }
        });
        return contents.build().toArray();
    }

    private static AgentId agent(long number) {
        return new AgentId(new UUID(7, number));
    }
}
