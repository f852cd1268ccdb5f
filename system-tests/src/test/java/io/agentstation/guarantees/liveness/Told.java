package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.guarantees.kafka.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What a detector has told of each agent, in the order of the log. */
final class Told {

    /** One event and when the broker took it. */
    record Event(LifecycleEvent event, long appendedMs) {

        boolean isUnhealthy() {
            return event.event() == EventType.UNHEALTHY;
        }

        /** The log time for which it says so. */
        long saidOfMs() {
            return event.occurredAt().toEpochMilli();
        }
    }

    private final Map<AgentId, List<Event>> events = new HashMap<>();

    /** Everything that is committed in the topic now. */
    static Told in(String bootstrapServers, String topic) {
        Told told = new Told();
        try (Log log = new Log(bootstrapServers, topic)) {
            log.next().forEach(record -> {
                LifecycleEvent event = Wire.read(record.value(), LifecycleEvent.class);
                told.events
                        .computeIfAbsent(event.agentId(), agent -> new ArrayList<>())
                        .add(new Event(event, record.timestamp()));
            });
        }
        return told;
    }

    List<Event> unhealthy(AgentId agent) {
        return all(agent).stream().filter(Event::isUnhealthy).toList();
    }

    /** Whether this was told of the agent. */
    boolean has(AgentId agent, EventType type) {
        return all(agent).stream().anyMatch(told -> told.event().event() == type);
    }

    /** Whether the agent's events count 1, 2, 3... in the log (I3). */
    boolean isContiguous(AgentId agent) {
        List<Long> sequences =
                all(agent).stream().map(told -> told.event().sequence()).toList();
        return sequences.equals(
                LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    private List<Event> all(AgentId agent) {
        return events.getOrDefault(agent, List.of());
    }
}
