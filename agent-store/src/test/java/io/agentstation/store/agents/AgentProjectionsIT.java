package io.agentstation.store.agents;

import static io.agentstation.contracts.lifecycle.AgentState.ACTIVE;
import static io.agentstation.contracts.lifecycle.AgentState.NEW;
import static io.agentstation.contracts.lifecycle.AgentState.PROVISIONED;
import static io.agentstation.contracts.lifecycle.AgentState.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.commands.Operation;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.lifecycle.EventType;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.lifecycle.LifecycleEvent;
import io.agentstation.contracts.metrics.MetricsReport;
import io.agentstation.contracts.observations.Observation;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestSpecs;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.reports.StoredMetrics;
import io.agentstation.store.writes.RowsWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentProjectionsIT {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final AgentProjections projections = new AgentProjections(TestStore.get());
    private final LatestReports latest = new LatestReports(TestStore.get());
    private final Agents agents = new Agents(TestStore.get());
    private final AgentId agent = TestIds.agent();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void anyOrderOfArrivalWithReplaysEndsInTheSameRow(long seed) {
        List<Runnable> inOrder = everyProjection(agent);
        inOrder.forEach(Runnable::run);
        AgentId shuffled = TestIds.agent();
        List<Runnable> outOfOrder = new ArrayList<>(everyProjection(shuffled));
        outOfOrder.addAll(everyProjection(shuffled));
        if (seed == 0) {
            Collections.reverse(outOfOrder);
        } else {
            Collections.shuffle(outOfOrder, new Random(seed));
        }

        outOfOrder.forEach(Runnable::run);

        assertThat(row(shuffled))
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(row(agent));
        assertThat(row(shuffled).state()).isEqualTo(TERMINATED);
        assertThat(row(shuffled).sequence()).isEqualTo(6);
        assertThat(row(shuffled).provisionedAt()).isEqualTo(TestEvents.at(2));
        assertThat(row(shuffled).spec().replicas()).isEqualTo(3);
        assertThat(row(shuffled).why()).isEqualTo("newest");
        assertThat(row(shuffled).lastHeartbeatMode()).isEqualTo(HeartbeatMode.SLEEP);
        assertThat(row(shuffled).lastMetrics()).isEqualTo(new LatestMetrics(NOON, 1.5, 2.5, 7));
    }

    /** Negative control: without the explicit timestamp the last to arrive wins. */
    @Test
    void withoutAnExplicitTimestampTheSameWritesEndWrong() {
        early();
        for (LifecycleEvent event : reversed(events(agent))) {
            TestStore.session()
                    .execute(
                            "UPDATE agents SET state = ?, sequence = ? WHERE agent_id = ?",
                            event.toState().name(),
                            event.sequence(),
                            agent.value());
        }

        assertThat(row(agent).state()).isEqualTo(NEW);
        assertThat(row(agent).sequence()).isEqualTo(1);
    }

    @Test
    void theEarlyRowShowsTheAgentAtOnce() {
        early();

        assertThat(row(agent).state()).isEqualTo(NEW);
        assertThat(row(agent).health()).isEqualTo(Health.UNKNOWN);
        assertThat(row(agent).sequence()).isZero();
        assertThat(row(agent).spec()).isEqualTo(TestSpecs.named("asked"));
    }

    @Test
    void theEarlyRowNeverReplacesAProjection() {
        everyProjection(agent).forEach(Runnable::run);
        AgentRow projected = row(agent);

        early();

        assertThat(row(agent)).isEqualTo(projected);
    }

    @Test
    void theFirstProjectionsReplaceTheEarlyRow() {
        early();

        done(projections.project(TestEvents.of(agent, 1, EventType.CREATED, PROVISIONED, Health.UNKNOWN)));
        done(projections.project(applied(agent, 0, 2)));

        assertThat(row(agent).state()).isEqualTo(PROVISIONED);
        assertThat(row(agent).spec().replicas()).isEqualTo(2);
    }

    @Test
    void anAgentIsUnhealthySinceItsSilenceAndNotSinceItsLatestEvent() {
        early();
        done(projections.project(TestEvents.of(agent, 4, EventType.UNHEALTHY, ACTIVE, Health.UNHEALTHY)));
        done(projections.project(TestEvents.of(agent, 5, EventType.SCALED, ACTIVE, Health.UNHEALTHY)));
        assertThat(row(agent).unhealthySince()).isEqualTo(TestEvents.at(4));

        done(projections.project(TestEvents.of(agent, 6, EventType.RECOVERED, ACTIVE, Health.HEALTHY)));

        assertThat(row(agent).unhealthySince()).isNull();
    }

    @Test
    void recordsOfOneMillisecondKeepTheOrderOfTheirOffsets() {
        early();
        done(projections.project(status(agent, "second"), NOON.toEpochMilli(), 1_000));

        done(projections.project(status(agent, "first"), NOON.toEpochMilli(), 999));

        assertThat(row(agent).why()).isEqualTo("second");
    }

    @Test
    void aStatusThatEndsIsGone() {
        early();
        done(projections.project(status(agent, "cannot pull the image"), NOON.toEpochMilli(), 1));

        done(projections.project(
                new Observation.StatusChanged(agent, "TERMINATED", null, null), NOON.toEpochMilli() + 1, 2));

        assertThat(row(agent).why()).isNull();
        assertThat(row(agent).desired()).isEqualTo("TERMINATED");
    }

    @Test
    void anAgentWithoutASpecificationIsNotShown() {
        done(projections.project(TestEvents.of(agent, 1, EventType.CREATED, NEW, Health.UNKNOWN)));

        assertThat(agents.find(agent)).isEmpty();
        assertThat(done(agents.findAsync(agent))).isEmpty();
    }

    private List<Runnable> everyProjection(AgentId of) {
        List<Runnable> all = new ArrayList<>();
        events(of).forEach(event -> all.add(() -> done(projections.project(event))));
        all.add(() -> done(projections.project(applied(of, 10, 2))));
        all.add(() -> done(projections.project(applied(of, 11, 3))));
        all.add(() -> done(projections.project(status(of, "older"), NOON.toEpochMilli(), 20)));
        all.add(() -> done(projections.project(status(of, "newest"), NOON.toEpochMilli(), 21)));
        all.add(() -> done(heartbeat(of, HeartbeatMode.IDLE, NOON, 30)));
        all.add(() -> done(heartbeat(of, HeartbeatMode.SLEEP, NOON.plusMillis(5), 31)));
        all.add(() -> done(metrics(of, 6, 40)));
        all.add(() -> done(metrics(of, 7, 41)));
        return all;
    }

    private static List<LifecycleEvent> events(AgentId of) {
        return List.of(
                TestEvents.of(of, 1, EventType.CREATED, NEW, Health.UNKNOWN),
                TestEvents.of(of, 2, EventType.PROVISIONED, PROVISIONED, Health.UNKNOWN),
                TestEvents.of(of, 3, EventType.ACTIVATED, ACTIVE, Health.HEALTHY),
                TestEvents.of(of, 4, EventType.UNHEALTHY, ACTIVE, Health.UNHEALTHY),
                TestEvents.of(of, 5, EventType.RECOVERED, ACTIVE, Health.HEALTHY),
                TestEvents.of(of, 6, EventType.TERMINATED, TERMINATED, Health.UNKNOWN));
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    private static Observation.Applied applied(AgentId of, long offset, int replicas) {
        return new Observation.Applied(
                of,
                new CommandId(UUID.randomUUID()),
                Operation.SCALE,
                offset,
                offset,
                TestSpecs.named("asked").withReplicas(replicas));
    }

    private static Observation.StatusChanged status(AgentId of, String why) {
        return new Observation.StatusChanged(of, null, null, why);
    }

    private CompletionStage<?> heartbeat(AgentId of, HeartbeatMode mode, Instant at, long offset) {
        return written(latest.ofHeartbeats(List.of(new StoredHeartbeat(of, at, offset, new Heartbeat(mode, 1)))));
    }

    private CompletionStage<?> metrics(AgentId of, long requests, long offset) {
        MetricsReport report = new MetricsReport(1.5, 2.5, requests, Map.of("queue", 3));
        return written(latest.ofMetrics(List.of(new StoredMetrics(of, NOON, offset, report))));
    }

    private static CompletionStage<?> written(List<RowsWrite> writes) {
        assertThat(writes).hasSize(1);
        return writes.get(0).start().get();
    }

    private void early() {
        projections.writeEarly(agent, TestSpecs.named("asked"));
    }

    private AgentRow row(AgentId of) {
        return done(latest.addTo(agents.find(of).orElseThrow()));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
