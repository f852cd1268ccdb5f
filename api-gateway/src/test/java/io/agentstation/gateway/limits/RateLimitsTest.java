package io.agentstation.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.heartbeats.ProbeAgent;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final AgentId AGENT = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
    private static final AgentId OTHER = AgentId.of("0190a5c0-0000-7000-8000-000000000002");
    private static final String HEARTBEAT = "/api/agents/" + AGENT + "/heartbeat";
    private static final String METRICS = "/api/agents/" + AGENT + "/metrics";

    // Time stands still: nothing is given back.
    private static final TimeMeter STILL = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return 7;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    private final RateLimits limits = new RateLimits(1, STILL);
    private final Caller owner = user("k1", Tier.FREE);
    private final Caller itself = new Caller.Agent(AGENT);

    @Test
    void aBusyDashboardNeverSilencesItsAgents() {
        assertThat(allowed(owner, "GET", "/api/agents", 1_000)).isEqualTo(10);

        assertThat(allowed(owner, "POST", HEARTBEAT, 40)).isEqualTo(40);
        assertThat(allowed(itself, "POST", HEARTBEAT, 40)).isEqualTo(40);
    }

    @Test
    void aNoisyAgentLocksOutNeitherItsOwnerNorOthersNorItsMetrics() {
        assertThat(allowed(itself, "POST", HEARTBEAT, 1_000)).isEqualTo(40);

        assertThat(allowed(owner, "GET", "/api/agents", 10)).isEqualTo(10);
        assertThat(allowed(owner, "POST", HEARTBEAT, 40)).isEqualTo(40);
        assertThat(allowed(owner, "POST", "/api/agents/" + OTHER + "/heartbeat", 40))
                .isEqualTo(40);
        assertThat(allowed(itself, "POST", METRICS, 1_000)).isEqualTo(20);
    }

    @Test
    void aStrangerUsesUpNothingOfAnAgents() {
        assertThat(allowed(user("stranger", Tier.UNLIMITED), "POST", HEARTBEAT, 1_000))
                .isEqualTo(40);
        // A token counts for its own agent, whatever the path says.
        assertThat(allowed(new Caller.Agent(OTHER), "POST", HEARTBEAT, 1_000)).isEqualTo(40);

        assertThat(allowed(owner, "POST", HEARTBEAT, 40)).isEqualTo(40);
        assertThat(allowed(itself, "POST", HEARTBEAT, 40)).isEqualTo(40);
    }

    @Test
    void readingMetricsDrawsOnTheKey() {
        assertThat(allowed(owner, "GET", METRICS, 1_000)).isEqualTo(10);
        assertThat(allowed(owner, "GET", "/api/fleet", 1)).isZero();
    }

    @Test
    void whatNamesNoAgentDrawsOnTheKey() {
        assertThat(allowed(owner, "POST", "/api/agents/nonsense/heartbeat", 1_000))
                .isEqualTo(10);
    }

    @Test
    void theUnlimitedAndTheGatewaysOwnProbesHaveNoLimit() {
        assertThat(limits.draw(user("k2", Tier.UNLIMITED), "GET", "/api/agents"))
                .isEmpty();
        assertThat(limits.draw(new Caller.Agent(ProbeAgent.ID), "POST", "/api/agents/" + ProbeAgent.ID + "/heartbeat"))
                .isEmpty();
    }

    @Test
    void eachTierAndKeyHasItsOwn() {
        assertThat(allowed(owner, "GET", "/api/agents", 1_000)).isEqualTo(10);
        assertThat(allowed(user("k2", Tier.FREE), "GET", "/api/agents", 1_000)).isEqualTo(10);
        assertThat(allowed(user("k3", Tier.PRO), "GET", "/api/agents", 1_000)).isEqualTo(50);
        assertThat(allowed(user("k4", Tier.ENTERPRISE), "GET", "/api/agents", 1_000))
                .isEqualTo(100);
    }

    private int allowed(Caller caller, String method, String path, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            Optional<Draw> draw = limits.draw(caller, method, path);
            allowed += draw.orElseThrow().isAllowed() ? 1 : 0;
        }
        return allowed;
    }

    private static Caller user(String keyId, Tier tier) {
        return new Caller.User(keyId, Grant.of(WorkspaceId.of("w"), Role.MEMBER, tier), new UUID(1, 2));
    }
}
