package io.agentstation.liveness.simulation;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.liveness.detection.Criteria;
import io.agentstation.liveness.detection.Outbox;
import io.agentstation.liveness.detection.PartitionDetector;
import io.agentstation.liveness.detection.Policies;
import io.agentstation.liveness.detection.Story;
import io.agentstation.liveness.detection.Table;
import io.agentstation.liveness.detection.Tables;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.watch.MemoryWatchStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The real detector of a partition, with a rule of choice; it can be made to restart from its tables now and then. */
final class DetectorJudge implements Judge, Outbox {

    private final StallHistory history;
    private final Criteria criteria;
    private final Tables tables;
    private final long restartEveryMs;
    private final Alarms alarms = new Alarms();
    private final Map<HeartbeatMode, Heartbeat> heartbeats = new EnumMap<>(HeartbeatMode.class);
    private final List<AgentId> ids = new ArrayList<>();
    private final Map<AgentId, Integer> numbers = new HashMap<>();
    private PartitionDetector detector;
    private long restartAtMs;
    private long offset;
    private int restarts;

    DetectorJudge(LivenessSettings settings, Function<StallHistory, SilenceRule> rule, long restartEveryMs) {
        this.history = new StallHistory(settings);
        this.criteria = new Criteria(settings, rule.apply(history), new NoPolicies());
        this.restartEveryMs = restartEveryMs;
        this.restartAtMs = restartEveryMs == Long.MAX_VALUE ? restartEveryMs : Scenario.START + restartEveryMs;
        this.tables =
                new Tables(new Rows<>(), new MemoryWatchStore(), history.gateways(), history.clock(), new Rows<>());
        this.detector = new PartitionDetector(0, criteria, tables, this);
        for (HeartbeatMode mode : HeartbeatMode.values()) {
            heartbeats.put(mode, new Heartbeat(mode, 1.5));
        }
    }

    /** How often it has started anew. */
    int restarts() {
        return restarts;
    }

    /** When the detector was blind. */
    StallHistory history() {
        return history;
    }

    @Override
    public void made(int agent, Story story, long appendMs) {
        ids.add(story.agent());
        numbers.put(story.agent(), agent);
        detector.command(story.provision(), offset++, appendMs);
        detector.observation(story.applied(), appendMs);
    }

    @Override
    public void heartbeat(int agent, HeartbeatMode mode, long appendMs) {
        Heartbeat heartbeat = heartbeats.get(mode);
        if (heartbeat != null) {
            detector.heartbeat(ids.get(agent), heartbeat, appendMs);
        }
    }

    @Override
    public void tick(Tick tick, long appendMs) {
        if (appendMs >= restartAtMs) {
            detector.writeTables();
            detector = new PartitionDetector(0, criteria, tables, this);
            restartAtMs = appendMs + restartEveryMs;
            restarts++;
        }
        detector.tick(tick, appendMs);
    }

    @Override
    public void wall(long nowMs) {
        // The detector knows no clock but the log's.
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }

    @Override
    public void event(LifecycleEvent event) {
        Integer agent = numbers.get(event.agentId());
        if (event.event() == EventType.UNHEALTHY && agent != null) {
            alarms.add(agent, event.occurredAt().toEpochMilli());
        }
    }

    @Override
    public void silence(LifecycleEvent event, Duration afterDeadline) {
        event(event);
    }

    @Override
    public void report(DetectorReport report) {
        throw new AssertionError("nobody asked for reports: " + report);
    }

    @Override
    public void command(AgentCommand command) {
        throw new AssertionError("nobody drains here: " + command);
    }

    @Override
    public void fleet(FleetCounts counts) {
        throw new AssertionError("nobody asked for counts: " + counts);
    }

    private record NoPolicies() implements Policies {

        @Override
        public UnhealthyPolicy of(WorkspaceId workspace) {
            return UnhealthyPolicy.NONE;
        }

        @Override
        public long version() {
            return 0;
        }
    }

    /** A table in memory. */
    static class Rows<K, V> implements Table<K, V> {

        private final Map<K, V> rows = new HashMap<>();

        @Override
        public @Nullable V get(K key) {
            return rows.get(key);
        }

        @Override
        public void put(K key, @Nullable V row) {
            if (row == null) {
                rows.remove(key);
            } else {
                rows.put(key, row);
            }
        }

        @Override
        public void forEach(BiConsumer<K, V> reader) {
            rows.forEach(reader);
        }
    }
}
