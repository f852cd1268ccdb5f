package io.agentstation.gateway.agents;

import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.lifecycle.Health;
import io.agentstation.contracts.observations.DeploymentStatus;
import io.agentstation.store.agents.AgentRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why an agent is not as desired: what the cluster says, or else that nothing is heard of it. Pure. */
final class AgentWhy {

    private AgentWhy() {}

    /** The cause and the next step in words; null when the agent is as desired. */
    static @Nullable String of(AgentRow row, Instant now) {
        if (row.state().isTerminal() || row.why() != null || row.desired() != null) {
            return row.state().isTerminal() ? null : row.why();
        }
        if (row.health() == Health.UNHEALTHY && row.unhealthySince() != null) {
            return "no heartbeat, called unhealthy since " + row.unhealthySince()
                    + ": it may hang, or not reach the Station: see its log, or restart it";
        }
        DeploymentStatus status = row.status();
        Instant provisioned = row.provisionedAt();
        boolean running = status != null && status.ready() && status.replicas() > 0;
        return row.state() == AgentState.PROVISIONED && running && provisioned != null
                ? "running for "
                        + Math.max(0, Duration.between(provisioned, now).toSeconds())
                        + " s, no heartbeat yet: see in its log whether it reports to STATION_URL, or create it with"
                        + " \"heartbeat\": \"sidecar\" if its image cannot"
                : null;
    }
}
