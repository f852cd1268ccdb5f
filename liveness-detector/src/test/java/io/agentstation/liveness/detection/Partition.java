package io.agentstation.liveness.detection;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.FleetCounts;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.DetectorReport;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.liveness.silence.LivenessRule;
import io.agentstation.liveness.silence.LivenessSettings;
import io.agentstation.liveness.silence.SilenceRule;
import io.agentstation.liveness.watch.MemoryWatchStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A partition's detector with tables in memory, for tests; {@link #restart} builds it anew from them. */
public final class Partition implements Outbox {

    public final List<LifecycleEvent> events = new ArrayList<>();
    public final List<AgentCommand> commands = new ArrayList<>();
    public final List<FleetCounts> fleet = new ArrayList<>();
    public final List<Duration> delays = new ArrayList<>();
    public final List<DetectorReport> reports = new ArrayList<>();

    private UnhealthyPolicy workspacePolicy = UnhealthyPolicy.NONE;
    private long policyVersion;

    private final Criteria criteria;
    private final Tables tables = new Tables(
            new MemoryTable<>(), new MemoryWatchStore(), new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    private final Map<String, Long> sequences = new HashMap<>();
    private PartitionDetector detector;
    private long offset;

    public Partition() {
        this(LivenessSettings.defaults());
    }

    public Partition(LivenessSettings settings) {
        this(settings, new LivenessRule(settings));
    }

    public Partition(LivenessSettings settings, SilenceRule rule) {
        this.criteria = new Criteria(settings, rule, new WorkspacePolicy());
        this.detector = new PartitionDetector(0, criteria, tables, this);
    }

    public void restart() {
        detector.writeTables();
        detector = new PartitionDetector(0, criteria, tables, this);
    }

    public Tables tables() {
        return tables;
    }

    public Census census() {
        return detector.census();
    }

    public Partition command(AgentCommand command, long atMs) {
        return command(command, offset++, atMs);
    }

    public Partition command(AgentCommand command, long atOffset, long atMs) {
        detector.command(command, atOffset, atMs);
        return this;
    }

    public Partition observation(Observation observation, long atMs) {
        detector.observation(observation, atMs);
        return this;
    }

    public Partition beat(Story story, HeartbeatMode mode, long atMs) {
        detector.heartbeat(story.agent(), Story.heartbeat(mode), atMs);
        return this;
    }

    /** An agent that is ACTIVE since this moment. */
    public Partition active(Story story, HeartbeatMode mode, long atMs) {
        return command(story.provision(), atMs)
                .observation(story.applied(), atMs)
                .beat(story, mode, atMs);
    }

    public boolean tick(String gateway, long atMs) {
        return send(gateway, Tick.Kind.TICK, atMs);
    }

    public boolean goodbye(String gateway, long atMs) {
        return send(gateway, Tick.Kind.GOODBYE, atMs);
    }

    /** Ticks every 250 ms, both ends included. */
    public Partition ticks(String gateway, long fromMs, long toMs) {
        for (long at = fromMs; at <= toMs; at += 250) {
            tick(gateway, at);
        }
        return this;
    }

    /** Changes the workspace's policy, as if the detector had just read it. */
    public Partition workspacePolicy(UnhealthyPolicy policy) {
        workspacePolicy = policy;
        policyVersion++;
        return this;
    }

    public Partition writeReport() {
        detector.writeReport();
        return this;
    }

    public Partition writeFleet() {
        detector.writeFleet();
        return this;
    }

    /** The types of an agent's events, in order. */
    public List<EventType> types(Story story) {
        return events(story).stream().map(LifecycleEvent::event).toList();
    }

    public List<LifecycleEvent> events(Story story) {
        return events.stream()
                .filter(event -> event.agentId().equals(story.agent()))
                .toList();
    }

    public LifecycleEvent last() {
        return events.get(events.size() - 1);
    }

    public List<AgentId> unhealthy() {
        return events.stream()
                .filter(event -> event.event() == EventType.UNHEALTHY)
                .map(LifecycleEvent::agentId)
                .toList();
    }

    @Override
    public void event(LifecycleEvent event) {
        events.add(event);
    }

    @Override
    public void silence(LifecycleEvent event, Duration afterDeadline) {
        events.add(event);
        delays.add(afterDeadline);
    }

    @Override
    public void report(DetectorReport report) {
        reports.add(report);
    }

    @Override
    public void command(AgentCommand command) {
        commands.add(command);
    }

    @Override
    public void fleet(FleetCounts counts) {
        fleet.add(counts);
    }

    private boolean send(String gateway, Tick.Kind kind, long atMs) {
        long sequence = sequences.merge(gateway, 1L, Long::sum);
        return detector.tick(new Tick(gateway, 0, sequence, kind), atMs);
    }

    private final class WorkspacePolicy implements Policies {

        @Override
        public UnhealthyPolicy of(WorkspaceId workspace) {
            return workspacePolicy;
        }

        @Override
        public long version() {
            return policyVersion;
        }
    }

    private static final class MemoryTable<K, V> implements Table<K, V> {

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
