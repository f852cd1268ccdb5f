package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.store.agents.AgentRow;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentWhyTest {

    private static final Instant PROVISIONED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = PROVISIONED.plusSeconds(60);
    private static final DeploymentStatus READY = new DeploymentStatus(true, 1, 1, 0, List.of());
    private static final DeploymentStatus STARTING = new DeploymentStatus(false, 1, 0, 1, List.of());

    @Test
    void anAgentThatRunsAndWasNeverHeardSaysForHowLong() {
        assertThat(AgentWhy.of(row(AgentState.PROVISIONED, Health.UNKNOWN, READY, null), NOW))
                .startsWith("running for 60 s, no heartbeat yet: ")
                .contains("STATION_URL", "sidecar");
    }

    @Test
    void oneThatDoesNotRunYetOrIsActiveSaysNothing() {
        assertThat(AgentWhy.of(row(AgentState.PROVISIONED, Health.UNKNOWN, STARTING, null), NOW))
                .isNull();
        assertThat(AgentWhy.of(row(AgentState.ACTIVE, Health.HEALTHY, READY, null), NOW))
                .isNull();
    }

    @Test
    void whatTheClusterSaysComesFirst() {
        assertThat(AgentWhy.of(row(AgentState.PROVISIONED, Health.UNKNOWN, READY, "certificate not ready"), NOW))
                .isEqualTo("certificate not ready");
    }

    @Test
    void oneThatFellSilentSaysSinceWhenAndWhatToDo() {
        assertThat(AgentWhy.of(row(AgentState.ACTIVE, Health.UNHEALTHY, READY, null), NOW))
                .contains("unhealthy since 2026-01-01T00:00:00Z", "restart");
    }

    @Test
    void anAgentThatHasEndedSaysNothing() {
        assertThat(AgentWhy.of(row(AgentState.TERMINATED, Health.UNHEALTHY, READY, "left over"), NOW))
                .isNull();
    }

    private static AgentRow row(AgentState state, Health health, DeploymentStatus status, @Nullable String why) {
        AgentSpec spec = new AgentSpec(
                WorkspaceId.of("acme"),
                "a",
                null,
                "image:1",
                Resources.DEFAULT,
                1,
                8080,
                new TreeMap<>(),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);
        return new AgentRow(
                AgentId.of("019ab000-0000-7000-8000-000000000001"),
                spec,
                state,
                health,
                3,
                PROVISIONED,
                PROVISIONED,
                null,
                null,
                null,
                status,
                why,
                null,
                null,
                null);
    }
}
