package io.agentstation.store.agents;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Store;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Table {@code agents}, to write: every statement has its source's clock as explicit timestamp ({@link ProjectionClock}),
 * so that order of arrival does not matter and a replay writes the same. No row is ever deleted.
 */
public final class AgentProjections {

    private static final String EARLY = """
            INSERT INTO agents (agent_id, spec, state, health, sequence)
            VALUES (:agent_id, :spec, 'NEW', 'unknown', 0) USING TIMESTAMP :clock""";
    private static final String SPEC = """
            UPDATE agents USING TIMESTAMP :clock SET spec = :spec, generation = :generation
            WHERE agent_id = :agent_id""";
    private static final String LIFECYCLE = """
            UPDATE agents USING TIMESTAMP :clock
            SET state = :state, health = :health, sequence = :sequence, unhealthy_since = :unhealthy_since
            WHERE agent_id = :agent_id""";
    private static final String LIFECYCLE_AT = """
            UPDATE agents USING TIMESTAMP :clock
            SET state = :state, health = :health, sequence = :sequence, unhealthy_since = :unhealthy_since, %s = :at
            WHERE agent_id = :agent_id""";
    private static final String STATUS = """
            UPDATE agents USING TIMESTAMP :clock SET desired = :desired, kubernetes_status = :status, why = :why
            WHERE agent_id = :agent_id""";
    private static final Map<EventType, String> MOMENTS = Map.of(
            EventType.PROVISIONED, "provisioned_at",
            EventType.ACTIVATED, "activated_at",
            EventType.TERMINATED, "terminated_at",
            EventType.KILLED, "terminated_at");

    private final Store store;
    private final PreparedStatement early;
    private final PreparedStatement spec;
    private final PreparedStatement lifecycle;
    private final Map<EventType, PreparedStatement> lifecycleAt;
    private final PreparedStatement status;

    public AgentProjections(Store store) {
        this.store = store;
        this.early = store.prepare(EARLY);
        this.spec = store.prepare(SPEC);
        this.lifecycle = store.prepare(LIFECYCLE);
        this.lifecycleAt = MOMENTS.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, moment -> store.prepare(LIFECYCLE_AT.formatted(moment.getValue()))));
        this.status = store.prepare(STATUS);
    }

    /** Shows the agent from the moment of its 201 on, below everything that any projection writes; waits. */
    public void writeEarly(AgentId agent, AgentSpec asked) {
        store.execute(early.bind()
                .setUuid("agent_id", agent.value())
                .setString("spec", Wire.writeText(asked))
                .setLong("clock", ProjectionClock.EARLY)
                .setIdempotent(true));
    }

    /** The specification as applied. */
    public CompletionStage<?> project(Observation.Applied applied) {
        return store.executeAsync(spec.bind()
                .setUuid("agent_id", applied.agentId().value())
                .setString("spec", Wire.writeText(applied.spec()))
                .setLong("generation", applied.generation())
                .setLong("clock", ProjectionClock.ofAppliedOffset(applied.appliedOffset()))
                .setIdempotent(true));
    }

    /** State, health and the moment of a lifecycle event. */
    public CompletionStage<?> project(LifecycleEvent event) {
        PreparedStatement withMoment = lifecycleAt.get(event.event());
        BoundStatement bound = (withMoment == null ? lifecycle : withMoment)
                .bind()
                .setUuid("agent_id", event.agentId().value())
                .setString("state", event.toState().name())
                .setString("health", event.health().wireName())
                .setLong("sequence", event.sequence())
                .setLong("clock", ProjectionClock.ofSequence(event.sequence()))
                .setIdempotent(true);
        BoundStatement timed = withMoment == null ? bound : bound.setInstant("at", event.occurredAt());
        return store.executeAsync(bindUnhealthySince(timed, event));
    }

    // Left unset, and so untouched, by an event that finds the agent unhealthy already: a scale does not restart the
    // silence.
    private static BoundStatement bindUnhealthySince(BoundStatement bound, LifecycleEvent event) {
        if (event.event() == EventType.UNHEALTHY) {
            return bound.setInstant("unhealthy_since", event.occurredAt());
        }
        return event.health() == Health.UNHEALTHY ? bound : bound.setToNull("unhealthy_since");
    }

    /** The cluster's view. */
    public CompletionStage<?> project(Observation.StatusChanged changed, long appendTimeMs, long offset) {
        return store.executeAsync(status.bind()
                .setUuid("agent_id", changed.agentId().value())
                .setString("desired", changed.desired())
                .setString("status", changed.status() == null ? null : Wire.writeText(changed.status()))
                .setString("why", changed.why())
                .setLong("clock", ProjectionClock.ofRecord(appendTimeMs, offset))
                .setIdempotent(true));
    }
}
