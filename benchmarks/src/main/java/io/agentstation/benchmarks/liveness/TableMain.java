package io.agentstation.benchmarks.liveness;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.liveness.watch.WatchStore;
import io.agentstation.liveness.watch.WatchTable;
import io.agentstation.liveness.watch.Watches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;

/**
 * The table, the wheel and the journal of one partition alone, without Kafka: nanoseconds a heartbeat, with the ticks
 * and the writes between them, and the time that a restore takes.
 */
public final class TableMain {

    private static final int REPETITIONS = 9;
    private static final int LEAST_HEARTBEATS = 1_000_000;
    private static final long INTERVAL_MS = 30_000;
    private static final long SILENCE_MS = 37_500;
    private static final long TICK_MS = 250;
    private static final long COMMIT_MS = 100;
    private static final long START_MS = 1_700_000_000_000L;

    private final int agents;
    private final Fleet fleet;
    private final long[] high;
    private final long[] low;
    private final Memory store = new Memory();
    private long heartbeats;

    /** Keeps the journal's newest records. */
    private static final class Memory implements WatchStore {

        private final Map<String, byte[]> records = new HashMap<>();

        @Override
        public void put(String key, byte[] record) {
            records.put(key, record);
        }

        @Override
        public void forEach(BiConsumer<String, byte[]> reader) {
            records.forEach(reader);
        }
    }

    private TableMain(int agents) {
        this.agents = agents;
        this.fleet = new Fleet(agents);
        this.high = new long[agents];
        this.low = new long[agents];
    }

    /** Runs with a number of agents, and the directory for the figures. */
    public static void main(String[] arguments) throws IOException {
        Properties figures = new TableMain(Integer.parseInt(arguments[0])).run();
        try (OutputStream file = Files.newOutputStream(Path.of(arguments[1]).resolve(SideMain.FIGURES_FILE))) {
            figures.store(file, null);
        }
    }

    private Properties run() {
        Watches watches = restored(START_MS);
        fill(watches);
        int count = Math.max(LEAST_HEARTBEATS, agents);
        List<Double> nanos = new ArrayList<>();
        List<Double> restoreMs = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            long from = System.nanoTime();
            beat(watches, count);
            nanos.add((double) (System.nanoTime() - from) / count);
        }
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            long from = System.nanoTime();
            int armed = restored(nowMs()).armed();
            restoreMs.add((System.nanoTime() - from) / 1e6);
            require(armed == agents, armed + " of " + agents + " agents are armed after a restore");
        }
        return figures(nanos, restoreMs);
    }

    private Watches restored(long nowMs) {
        return new Watches(
                store, nowMs, (table, row) -> table.isHeard(row) ? table.lastMs(row) + SILENCE_MS : WatchTable.NEVER);
    }

    private void fill(Watches watches) {
        for (int number = 0; number < agents; number++) {
            AgentId agent = Fleet.id(number);
            high[number] = agent.value().getMostSignificantBits();
            low[number] = agent.value().getLeastSignificantBits();
            int row = watches.of(agent);
            watches.heard(row, HeartbeatMode.IDLE, START_MS);
            watches.status(row, WatchTable.STEADY, WatchTable.NEVER);
        }
        watches.write();
    }

    /** Every agent in turn, so fast that each is heard once in its interval. */
    private void beat(Watches watches, int count) {
        for (int i = 0; i < count; i++) {
            long beforeMs = nowMs();
            int agent = fleet.turn(heartbeats++);
            long nowMs = nowMs();
            watches.heard(watches.table().find(high[agent], low[agent]), HeartbeatMode.IDLE, nowMs);
            if (beforeMs / COMMIT_MS != nowMs / COMMIT_MS) {
                watches.write();
            }
            if (beforeMs / TICK_MS != nowMs / TICK_MS) {
                int due = watches.takeDueBefore(nowMs);
                require(due == WatchTable.NONE, "row " + due + " fell due though every agent was heard");
            }
        }
    }

    private long nowMs() {
        return START_MS + heartbeats * INTERVAL_MS / agents;
    }

    private static Properties figures(List<Double> nanos, List<Double> restoreMs) {
        Properties figures = new Properties();
        figures.setProperty("heartbeat_ns_each", nanos.toString());
        figures.setProperty("heartbeat_ns", Double.toString(Results.median(nanos)));
        figures.setProperty("restore_ms_each", restoreMs.toString());
        figures.setProperty("restore_ms", Double.toString(Results.median(restoreMs)));
        return figures;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
