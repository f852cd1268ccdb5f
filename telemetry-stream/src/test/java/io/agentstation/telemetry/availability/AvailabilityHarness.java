package io.agentstation.telemetry.availability;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.liveness.AvailabilityHour;
import io.agentstation.contracts.topics.RecordHeaders;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.telemetry.availability.AvailabilityTopology.Readers;
import io.agentstation.telemetry.availability.AvailabilityTopology.Rules;
import io.agentstation.telemetry.fixtures.Messages;
import io.agentstation.telemetry.streams.JsonSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Availability of one partition without a broker; each tick publishes what has changed unless it says otherwise. Can be restarted on its stores. */
final class AvailabilityHarness {

    static final StationKey KEY = StationKey.parse(StationKey.format(new byte[StationKey.LENGTH]));
    private static final int PARTITION = 0;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final Rules rules;
    private final AvailabilityFigures figures = new AvailabilityFigures(registry);
    private final Map<String, SortedMap<Instant, AvailabilityHour>> hours = new HashMap<>();
    private AvailabilityProcessor processor;
    private long offset;
    private long sequence;

    AvailabilityHarness() {
        this(Duration.ZERO, true);
    }

    AvailabilityHarness(Duration publishInterval, boolean excludesStalls) {
        this.rules = new Rules(HeartbeatPromise.documented(), publishInterval, excludesStalls);
        store(AvailabilityTopology.AGENTS_STORE, JsonSerde.of(WatchedAgent.class));
        store(AvailabilityTopology.LOG_TIME_STORE, Serdes.ByteArray());
        this.processor = started();
    }

    private <V> void store(String name, Serde<V> values) {
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private AvailabilityProcessor started() {
        AvailabilityProcessor fresh = new AvailabilityProcessor(Readers.of(KEY, 1), rules, figures);
        fresh.init(context);
        return fresh;
    }

    /** Everything that is not in the stores is lost; the next tick begins a round. */
    void restart() {
        processor = started();
    }

    void beat(AgentId agent, HeartbeatMode mode, long atMs) {
        raw(Topic.HEARTBEATS, agent.toString(), Wire.write(new Heartbeat(mode, 1)), atMs, null);
    }

    void tick(String gateway, long atMs) {
        tick(new Tick(gateway, PARTITION, ++sequence, Tick.Kind.TICK), KEY, atMs);
    }

    void tick(Tick tick, StationKey key, long atMs) {
        byte[] value = Wire.write(tick);
        raw(Topic.HEARTBEATS, null, value, atMs, key.mac(RecordHeaders.TYPE_TICK, value));
    }

    void event(AgentId agent, EventType type, AgentState state, long atMs, Map<String, Object> metadata) {
        LifecycleEvent event = new LifecycleEvent(
                LifecycleEvent.idOf(agent, ++sequence),
                agent,
                Messages.WORKSPACE,
                "an-agent",
                sequence,
                type,
                state,
                state,
                Health.UNKNOWN,
                null,
                "system",
                Instant.ofEpochMilli(atMs),
                metadata);
        raw(Topic.LIFECYCLE, agent.toString(), Wire.write(event), atMs, null);
    }

    void activated(AgentId agent, long atMs) {
        event(agent, EventType.ACTIVATED, AgentState.ACTIVE, atMs, Map.of());
    }

    void unhealthy(AgentId agent, long lastMs, long atMs) {
        event(
                agent,
                EventType.UNHEALTHY,
                AgentState.ACTIVE,
                atMs,
                Map.of("last_heartbeat_at", Instant.ofEpochMilli(lastMs).toString()));
    }

    void raw(Topic topic, @Nullable String key, byte @Nullable [] value, long atMs, byte @Nullable [] tickCode) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        if (tickCode != null) {
            headers.add(RecordHeaders.TYPE, RecordHeaders.TYPE_TICK.getBytes(StandardCharsets.UTF_8));
            headers.add(RecordHeaders.HMAC, tickCode);
        }
        context.setRecordMetadata(topic.topicName(), PARTITION, offset++);
        context.setCurrentStreamTimeMs(atMs);
        processor.process(
                new Record<>(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, atMs, headers));
        context.forwarded().forEach(forwarded -> {
            AvailabilityHour hour = Wire.read(forwarded.record().value(), AvailabilityHour.class);
            hours.computeIfAbsent(
                            new String(forwarded.record().key(), StandardCharsets.UTF_8), agent -> new TreeMap<>())
                    .put(hour.hourStart(), hour);
        });
        context.resetForwards();
    }

    /** The newest of each hour, without those that came to nothing. */
    SortedMap<Instant, AvailabilityHour> hours(AgentId agent) {
        SortedMap<Instant, AvailabilityHour> found =
                new TreeMap<>(hours.getOrDefault(agent.toString(), new TreeMap<>()));
        found.values().removeIf(hour -> hour.expected() == 0 && hour.watchedMs() == 0);
        return found;
    }

    double counted(String meter) {
        return registry.get(meter).counter().count();
    }
}
