package io.agentstation.gateway;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.names.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plays provisioner, detector and telemetry: writes what they would write. */
public final class OtherServices implements AutoCloseable {

    private final Station station;
    private final AgentProjections projections;
    private final LifecycleEvents events;
    private final Agents agents;
    private final KafkaProducer<byte[], byte[]> producer;

    public OtherServices(Station station) {
        this.station = station;
        this.projections = new AgentProjections(station.store());
        this.events = new LifecycleEvents(station.store());
        this.agents = new Agents(station.store());
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, station.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Takes a new agent to ACTIVE, with all that belongs to it. */
    public void activate(AgentId agent) {
        AgentSpec spec = agents.find(agent).orElseThrow().spec();
        tell(event(agent, spec, 1, EventType.CREATED, null, AgentState.NEW, Map.of()));
        done(projections.project(
                new Observation.Applied(agent, new CommandId(UUID.randomUUID()), Operation.PROVISION, 0, 1, spec)));
        tell(event(agent, spec, 2, EventType.PROVISIONED, AgentState.NEW, AgentState.PROVISIONED, Map.of()));
        done(projections.project(
                new Observation.StatusChanged(
                        agent,
                        null,
                        new DeploymentStatus(
                                true,
                                1,
                                1,
                                0,
                                List.of(new DeploymentStatus.Condition(
                                        "Available",
                                        "True",
                                        "MinimumReplicasAvailable",
                                        "Deployment has minimum availability."))),
                        null),
                System.currentTimeMillis(),
                1));
        tell(event(
                agent,
                spec,
                3,
                EventType.ACTIVATED,
                AgentState.PROVISIONED,
                AgentState.ACTIVE,
                Map.of("mode", "IDLE")));
        tell(event(agent, spec, 4, EventType.NO_CHANGE, AgentState.ACTIVE, AgentState.ACTIVE, Map.of()));
    }

    /** The agent is being deleted. */
    public void drainForDelete(AgentId agent) {
        AgentSpec spec = agents.find(agent).orElseThrow().spec();
        done(projections.project(
                new Observation.StatusChanged(agent, "TERMINATED", null, null), System.currentTimeMillis(), 2));
        tell(event(
                agent,
                spec,
                5,
                EventType.DRAINING,
                AgentState.ACTIVE,
                AgentState.DRAINING,
                Map.of("reason", "deleted")));
    }

    /** Nothing is left of the agent, and its name is free. */
    public void end(AgentId agent, EventType how) {
        AgentSpec spec = agents.find(agent).orElseThrow().spec();
        new Names(station.store()).release(spec.name(), agent);
        AgentState state = how == EventType.KILLED ? AgentState.KILLED : AgentState.TERMINATED;
        tell(event(agent, spec, 6, how, AgentState.DRAINING, state, Map.of()));
    }

    /** The agent has fallen silent. */
    public void silence(AgentId agent) {
        tell(next(agent, EventType.UNHEALTHY, Health.UNHEALTHY, null));
    }

    /** What became of the newest command about the agent; see {@link #projectUpdate} for what it changed. */
    public void outcome(AgentId agent, EventType how) {
        List<AgentCommand> all = commands(agent);
        AgentRow row = agents.find(agent).orElseThrow();
        tell(next(agent, how, row.health(), all.get(all.size() - 1).commandId()));
    }

    /** The newest command about the agent has led to another state. */
    public void transition(AgentId agent, EventType how, AgentState to) {
        List<AgentCommand> all = commands(agent);
        AgentRow row = agents.find(agent).orElseThrow();
        LifecycleEvent outcome =
                next(agent, how, row.health(), all.get(all.size() - 1).commandId());
        tell(new LifecycleEvent(
                outcome.id(),
                agent,
                outcome.workspace(),
                outcome.name(),
                outcome.sequence(),
                how,
                row.state(),
                to,
                outcome.health(),
                outcome.causedBy(),
                outcome.triggeredBy(),
                outcome.occurredAt(),
                Map.of()));
    }

    /** The specification after the newest command, a scale. */
    public void projectScale(AgentId agent) {
        List<AgentCommand> all = commands(agent);
        AgentCommand.Scale scale = (AgentCommand.Scale) all.get(all.size() - 1);
        AgentSpec spec = agents.find(agent).orElseThrow().spec().withReplicas(scale.replicas());
        done(projections.project(
                new Observation.Applied(agent, scale.commandId(), Operation.SCALE, all.size(), 2, spec)));
    }

    /** The specification after the newest command, an update. */
    public void projectUpdate(AgentId agent) {
        List<AgentCommand> all = commands(agent);
        AgentCommand.Update update = (AgentCommand.Update) all.get(all.size() - 1);
        AgentSpec spec = agents.find(agent).orElseThrow().spec().patched(update.patch());
        done(projections.project(
                new Observation.Applied(agent, update.commandId(), Operation.UPDATE, all.size(), 2, spec)));
    }

    private LifecycleEvent next(
            AgentId agent, EventType type, Health health, @org.jspecify.annotations.Nullable CommandId causedBy) {
        AgentRow row = agents.find(agent).orElseThrow();
        long sequence = row.sequence() + 1;
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                row.spec().workspace(),
                row.spec().name(),
                sequence,
                type,
                row.state(),
                row.state(),
                health,
                causedBy,
                "system",
                Instant.now(),
                Map.of());
    }

    /** Produces first and projects then, as in life: the gateway has to wait for the row. */
    private void tell(LifecycleEvent event) {
        var unused = producer.send(new ProducerRecord<>(
                Topic.LIFECYCLE.topicName(), bytes(event.agentId().toString()), Wire.write(event)));
        producer.flush();
        done(events.write(event));
        done(projections.project(event));
    }

    /** Appends any record. */
    public void append(Topic topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic.topicName(), bytes(key), value));
        producer.flush();
    }

    private static LifecycleEvent event(
            AgentId agent,
            AgentSpec spec,
            long sequence,
            EventType type,
            @org.jspecify.annotations.Nullable AgentState from,
            AgentState to,
            Map<String, Object> metadata) {
        WorkspaceId workspace = spec.workspace();
        return new LifecycleEvent(
                LifecycleEvent.idOf(agent, sequence),
                agent,
                workspace,
                spec.name(),
                sequence,
                type,
                from,
                to,
                to == AgentState.ACTIVE ? Health.HEALTHY : Health.UNKNOWN,
                null,
                "system",
                Instant.now(),
                metadata);
    }

    /** The commands about an agent that are in the log now. */
    public List<AgentCommand> commands(AgentId agent) {
        return records(Topic.COMMANDS).stream()
                .filter(record -> agent.toString().equals(key(record)))
                .map(record -> Wire.read(record.value(), AgentCommand.class))
                .toList();
    }

    /** A record's key as text. */
    public static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** Everything that is in a topic now. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        return records(station.bootstrapServers(), topic);
    }

    /** Everything that is in a topic of a broker now. */
    public static List<ConsumerRecord<byte[], byte[]>> records(String bootstrapServers, Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    /** Ends its producer, which otherwise ends with the JVM. */
    @Override
    public void close() {
        producer.close();
    }

    private static void done(java.util.concurrent.CompletionStage<?> stage) {
        var unused = stage.toCompletableFuture().join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
