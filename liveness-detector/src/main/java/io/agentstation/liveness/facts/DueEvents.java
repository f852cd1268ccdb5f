package io.agentstation.liveness.facts;

import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.Lifecycle;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.liveness.silence.LastHeartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events that an agent's facts call for and that were not told yet, in legal order with contiguous sequences.
 * Telling marks them as told, so asking again gives nothing.
 */
public final class DueEvents {

    /** AGENT_UNHEALTHY. */
    public static final int ERROR_UNHEALTHY = 480;

    private final AgentFacts facts;
    private final @Nullable LastHeartbeat last;
    private final long nowMs;
    private final WorkspaceId workspace;
    private final String name;
    private final List<LifecycleEvent> events = new ArrayList<>();

    private DueEvents(AgentFacts facts, @Nullable LastHeartbeat last, long nowMs) {
        this.facts = facts;
        this.last = last;
        this.nowMs = nowMs;
        this.workspace = Objects.requireNonNull(facts.workspace);
        this.name = Objects.requireNonNull(facts.name);
    }

    /**
     * Tells what the facts call for.
     *
     * @param nowMs append time of the record that changed them, epoch milliseconds
     */
    public static List<LifecycleEvent> tell(AgentFacts facts, @Nullable LastHeartbeat last, long nowMs) {
        AgentState target = facts.target();
        return target == null || facts.isTerminal() ? List.of() : new DueEvents(facts, last, nowMs).upTo(target);
    }

    /**
     * Tells that the agent fell silent.
     *
     * @param intervalMs how often it had promised to beat
     */
    public static LifecycleEvent tellSilence(AgentFacts facts, LastHeartbeat last, long nowMs, long intervalMs) {
        DueEvents due = new DueEvents(facts, last, nowMs);
        facts.told = facts.told.silentSince(last.atMs());
        facts.remedy.silenceTold(nowMs);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("error_code", ERROR_UNHEALTHY);
        metadata.put("mode", last.mode().name());
        metadata.put("last_heartbeat_at", Instant.ofEpochMilli(last.atMs()).toString());
        metadata.put("missed_intervals", (nowMs - last.atMs()) / intervalMs);
        due.emit(EventType.UNHEALTHY, due.state(), Cause.NONE, metadata);
        return due.events.get(0);
    }

    private List<LifecycleEvent> upTo(AgentState target) {
        if (facts.told.state() == null) {
            emit(EventType.CREATED, AgentState.NEW, Cause.of(facts.provision), Map.of());
        }
        for (Outcome outcome : facts.outcomes.takeTellable()) {
            String triggeredBy = Objects.requireNonNull(facts.outcomes.triggeredBy(outcome.commandId()));
            String why = facts.outcomes.reason(outcome.commandId());
            emit(outcome.event(), state(), new Cause(outcome.commandId(), triggeredBy), outcome.metadata(why));
        }
        for (Lifecycle.Edge edge : Lifecycle.path(state(), target)) {
            emit(edge.event(), edge.to(), EdgeStory.cause(facts, edge), EdgeStory.metadata(facts, edge));
        }
        if (new Vitals(facts, last).health() == Health.HEALTHY && facts.told.health() != Health.HEALTHY) {
            recover();
        }
        return events;
    }

    private void recover() {
        Long silentSince = facts.told.silentSince();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("from_health", facts.told.health().wireName());
        if (silentSince != null) {
            metadata.put("silent_seconds", (nowMs - silentSince) / 1_000.0);
        }
        facts.told = facts.told.silentSince(null);
        emit(EventType.RECOVERED, state(), Cause.NONE, metadata);
    }

    private AgentState state() {
        return Objects.requireNonNull(facts.told.state());
    }

    private void emit(EventType event, AgentState to, Cause cause, Map<String, Object> metadata) {
        AgentState from = facts.told.state();
        // Health depends on the state told, so the state comes first.
        facts.told = facts.told.next(to);
        facts.told = facts.told.health(new Vitals(facts, last).health());
        Map<String, Object> all = new LinkedHashMap<>(metadata);
        all.put("triggered_by", cause.triggeredBy());
        events.add(new LifecycleEvent(
                LifecycleEvent.idOf(facts.agentId, facts.told.sequence()),
                facts.agentId,
                workspace,
                name,
                facts.told.sequence(),
                event,
                from,
                to,
                facts.told.health(),
                cause.command(),
                cause.triggeredBy(),
                Instant.ofEpochMilli(nowMs),
                all));
    }

    /** Who is behind an event. */
    record Cause(@Nullable CommandId command, String triggeredBy) {

        static final Cause NONE = new Cause(null, Asked.SYSTEM);

        static Cause of(@Nullable Asked asked) {
            return asked == null ? NONE : new Cause(asked.commandId(), asked.triggeredBy());
        }
    }
}
