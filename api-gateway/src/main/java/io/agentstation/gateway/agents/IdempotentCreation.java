package io.agentstation.gateway.agents;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.agents.CreateForm.Wish;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.IdempotencyKey;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.names.IdempotencyKeys;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes a create with an {@code Idempotency-Key} safe to repeat: it is always the same agent, as long as its record exists. */
final class IdempotentCreation {

    private final IdempotencyKeys keys;
    private final Agents agents;
    private final LatestReports latest;
    private final AgentCreation creation;
    private final StationKey station;

    IdempotentCreation(
            IdempotencyKeys keys, Agents agents, LatestReports latest, AgentCreation creation, StationKey station) {
        this.keys = keys;
        this.agents = agents;
        this.latest = latest;
        this.creation = creation;
        this.station = station;
    }

    /**
     * The agent that this request means: a new one, or the one that the key made before, as it is now.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 422 when the key came with another body before; see also {@link AgentCreation#create}
     */
    AgentRow create(Caller.User user, Wish wish, ObjectNode body, Optional<String> key) {
        AgentId fresh = creation.freshId();
        if (key.isEmpty()) {
            return creation.create(user, fresh, wish);
        }
        IdempotencyKeys.Claim claim =
                keys.claim(user.workspace(), key.get(), IdempotencyKey.hash(station, body), fresh);
        if (!claim.sameRequest()) {
            throw IdempotencyKey.reused();
        }
        return claim.first()
                ? creation.create(user, claim.agent(), wish)
                : agents.find(claim.agent())
                        .map(row -> latest.addTo(row).toCompletableFuture().join())
                        .orElseGet(() -> creation.repeat(user, claim.agent(), wish));
    }
}
