package io.agentstation.benchmarks.provisioning;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.topics.Topic;
import io.agentstation.contracts.wire.Wire;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a creation is, by what can be read of the logs: its command, its outcome, and its event PROVISIONED. */
final class CommandPath implements AutoCloseable {

    private final Arrivals commands;
    private final Arrivals outcomes;
    private final Arrivals events;
    private final TimeInNew inNew = new TimeInNew();

    /** Of a broker's logs, from their ends on. */
    CommandPath(String bootstrapServers) {
        this.commands =
                new Arrivals(bootstrapServers, Topic.COMMANDS.topicName(), Arrivals.AT_ONCE, CommandPath::commanded);
        this.outcomes =
                new Arrivals(bootstrapServers, Topic.OBSERVATIONS.topicName(), Arrivals.AT_ONCE, CommandPath::applied);
        this.events = new Arrivals(bootstrapServers, Topic.LIFECYCLE.topicName(), Arrivals.AT_ONCE, this::provisioned);
    }

    private static Optional<String> commanded(byte[] value) {
        return Optional.of(Wire.read(value, AgentCommand.class).agentId().toString());
    }

    private static Optional<String> applied(byte[] value) {
        Observation said = Wire.read(value, Observation.class);
        return said instanceof Observation.Applied ? Optional.of(said.agentId().toString()) : Optional.empty();
    }

    private Optional<String> provisioned(byte[] value) {
        LifecycleEvent event = Wire.read(value, LifecycleEvent.class);
        inNew.heard(event, System.nanoTime());
        return event.event() == EventType.PROVISIONED
                ? Optional.of(event.agentId().toString())
                : Optional.empty();
    }

    /** Returns when all are PROVISIONED. */
    void await(Collection<String> agents) {
        events.await(agents);
    }

    /** Milliseconds from a start of each agent's to its event. */
    List<Double> whole(Map<String, Long> fromNanos) {
        return fromNanos.entrySet().stream()
                .map(each -> millis(each.getValue(), events.nanosOf(each.getKey())))
                .toList();
    }

    /** How long agents that are PROVISIONED have been NEW. */
    TimeInNew inNew() {
        return inNew;
    }

    /** Milliseconds of the parts that make it up, by name, in their order. */
    Map<String, List<Double>> parts(Map<String, Long> fromNanos) {
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        parts.put(
                "POST to its command",
                fromNanos.entrySet().stream()
                        .map(each -> millis(each.getValue(), commands.nanosOf(each.getKey())))
                        .toList());
        parts.put("command to its outcome", between(fromNanos.keySet(), commands, outcomes));
        parts.put("outcome to its event", between(fromNanos.keySet(), outcomes, events));
        return parts;
    }

    private static List<Double> between(Collection<String> agents, Arrivals from, Arrivals to) {
        return agents.stream()
                .map(agent -> millis(from.nanosOf(agent), to.nanosOf(agent)))
                .toList();
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }

    @Override
    public void close() {
        commands.close();
        outcomes.close();
        events.close();
    }
}
