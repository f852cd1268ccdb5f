package io.agentstation.telemetry.lifecycle;

import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentProjections;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.telemetry.batches.LogRecord;
import io.agentstation.telemetry.batches.Rows;
import io.agentstation.telemetry.batches.Write;
import java.util.List;
import java.util.stream.Stream;

/**
 * History first, then the state: whoever reads sequence n in {@code agents} finds the events up to n in the history, and the
 * agent in the lists.
 */
public final class LifecycleRows implements Rows<LifecycleEvent> {

    private final LifecycleEvents history;
    private final AgentProjections projections;
    private final AgentLists lists;

    public LifecycleRows(LifecycleEvents history, AgentProjections projections, AgentLists lists) {
        this.history = history;
        this.projections = projections;
        this.lists = lists;
    }

    @Override
    public List<List<Write>> of(List<LogRecord<LifecycleEvent>> batch) {
        List<LifecycleEvent> events = batch.stream().map(LogRecord::message).toList();
        return List.of(events.stream().flatMap(this::history).toList(), projections(events));
    }

    private Stream<Write> history(LifecycleEvent event) {
        Write row = Write.of("lifecycle_events", () -> history.write(event));
        Write line = Write.of("agents_by_month", () -> lists.add(event.workspace(), event.agentId(), event.name()));
        return event.event() == EventType.CREATED ? Stream.of(row, line) : Stream.of(row);
    }

    private List<Write> projections(List<LifecycleEvent> events) {
        return events.stream()
                .map(event -> Write.of("agents", () -> projections.project(event)))
                .toList();
    }
}
