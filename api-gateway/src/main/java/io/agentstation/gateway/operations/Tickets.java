package io.agentstation.gateway.operations;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.requests.IdempotencyKey;
import io.agentstation.store.names.CommandKeys;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Makes an operation with an {@code Idempotency-Key} safe to repeat: for a day it is always the same command. */
final class Tickets {

    private final CommandKeys keys;
    private final StationKey station;

    Tickets(CommandKeys keys, StationKey station) {
        this.keys = keys;
        this.station = station;
    }

    /**
     * The ticket of this request.
     *
     * @param path which operation, for the same body may be sent to several
     * @throws io.agentstation.gateway.errors.RequestRefused 422 when the key came with another request before
     */
    Ticket of(Optional<String> key, WorkspaceId workspace, AgentId agent, String path, ObjectNode body) {
        CommandId fresh = new CommandId(UUID.randomUUID());
        if (key.isEmpty()) {
            return new Ticket(fresh, false, () -> {});
        }
        ObjectNode request = Wire.mapper()
                .createObjectNode()
                .put("agent", agent.toString())
                .put("operation", path)
                .set("body", body);
        byte[] hash = IdempotencyKey.hash(station, request);
        CommandKeys.Claim claim = keys.claim(workspace, key.get(), hash, fresh);
        if (!claim.sameRequest()) {
            throw IdempotencyKey.reused();
        }
        return new Ticket(
                claim.command(), claim.published(), () -> keys.published(workspace, key.get(), hash, claim.command()));
    }
}
