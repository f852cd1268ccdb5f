package io.agentstation.gateway.agents;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.agents.CreateForm.Wish;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import io.agentstation.store.names.IdempotencyKeys;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/** Makes a create with an {@code Idempotency-Key} safe to repeat: it is always the same agent, as long as its record exists. */
final class IdempotentCreation {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7E]{1,255}");

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
     * @throws RequestRefused 422 when the key came with another body before; see also {@link AgentCreation#create}
     */
    AgentRow create(Caller.User user, Wish wish, ObjectNode body, Optional<String> key) {
        AgentId fresh = creation.freshId();
        if (key.isEmpty()) {
            return creation.create(user, fresh, wish);
        }
        if (!WELL_FORMED.matcher(key.get()).matches()) {
            throw RequestRefused.invalid(HEADER, HEADER + " must be 1 to 255 visible ASCII characters");
        }
        IdempotencyKeys.Claim claim = keys.claim(user.workspace(), key.get(), hash(body), fresh);
        if (!claim.sameRequest()) {
            throw new RequestRefused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency_key_reused",
                    HEADER + " was used before with another request body");
        }
        return claim.first()
                ? creation.create(user, claim.agent(), wish)
                : agents.find(claim.agent())
                        .map(row -> latest.addTo(row).toCompletableFuture().join())
                        .orElseGet(() -> creation.repeat(user, claim.agent(), wish));
    }

    /** Of what the body says, not of how it is written; keyed, since it may hold secrets that could be guessed. */
    private byte[] hash(JsonNode body) {
        Object content = Wire.mapper().treeToValue(body, Object.class);
        byte[] canonical = Wire.mapper()
                .writer()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsBytes(content);
        return station.mac("idempotency", canonical);
    }
}
