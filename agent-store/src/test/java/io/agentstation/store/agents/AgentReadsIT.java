package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.store.fixtures.CountedRequests;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestSpecs;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.reports.StoredHeartbeat;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reading an agent costs, and which of its heartbeats is its newest. */
class AgentReadsIT {

    private static final Store STORE = CountedRequests.store();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Agents agents = new Agents(STORE);
    private final LatestReports latest = new LatestReports(STORE);
    private final AgentId agent = TestIds.agent();

    @BeforeEach
    void anAgent() {
        new AgentProjections(STORE).writeEarly(agent, TestSpecs.named("asked"));
        CountedRequests.takeCount();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    /** Heartbeats are admitted by this row, filters pass over thousands of them, and waits read it again and again. */
    @Test
    void anAgentIsOneRequestAndItsNewestReportsAreAnother() {
        AgentRow row = done(agents.findAsync(agent)).orElseThrow();

        assertThat(CountedRequests.takeCount()).isEqualTo(1);
        assertThat(agents.find(agent)).contains(row);
        assertThat(CountedRequests.takeCount()).isEqualTo(1);
        assertThat(done(latest.addTo(row))).isEqualTo(row);
        assertThat(CountedRequests.takeCount()).isEqualTo(1);
    }

    @Test
    void theNewerOfTwoPlacesIsTheLastHeartbeat() {
        TestStore.session()
                .execute(
                        "UPDATE agents USING TIMESTAMP 1 SET last_heartbeat_at = ?, last_heartbeat_mode = 'SLEEP'"
                                + " WHERE agent_id = ?",
                        NOON,
                        agent.value());

        heartbeat(NOON.minusMillis(1));
        assertThat(shown().lastHeartbeatAt()).isEqualTo(NOON);
        assertThat(shown().lastHeartbeatMode()).isEqualTo(HeartbeatMode.SLEEP);

        heartbeat(NOON.plusMillis(1));
        assertThat(shown().lastHeartbeatAt()).isEqualTo(NOON.plusMillis(1));
        assertThat(shown().lastHeartbeatMode()).isEqualTo(HeartbeatMode.IDLE);
    }

    private void heartbeat(Instant at) {
        var heartbeat = new StoredHeartbeat(agent, at, 7, new Heartbeat(HeartbeatMode.IDLE, 1));
        latest.ofHeartbeats(List.of(heartbeat))
                .forEach(write -> done(write.start().get()));
    }

    private AgentRow shown() {
        return done(latest.addTo(agents.find(agent).orElseThrow()));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
