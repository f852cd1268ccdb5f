package io.agentstation.gateway.idempotency;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.requests.IdempotencyKey;
import io.agentstation.store.names.CommandKeys;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Makes a request with an {@code Idempotency-Key} safe to repeat: for a day it has always the same id. */
public final class Tickets {

    private final CommandKeys keys;
    private final StationKey station;

    public Tickets(CommandKeys keys, StationKey station) {
        this.keys = keys;
        this.station = station;
    }

    /**
     * What a request says.
     *
     * @param kind      of what it is about, such as {@code agent}
     * @param operation what is to be done with it, for the same body may be sent to several
     */
    public static ObjectNode request(String kind, String id, String operation, ObjectNode body) {
        return Wire.mapper()
                .createObjectNode()
                .put(kind, id)
                .put("operation", operation)
                .set("body", body);
    }

    /**
     * The ticket of a request.
     *
     * @param fresh its id when it is new
     * @throws io.agentstation.gateway.errors.RequestRefused 422 when the key came with another request before
     */
    public Ticket of(Optional<String> key, WorkspaceId workspace, ObjectNode request, UUID fresh) {
        if (key.isEmpty()) {
            return new Ticket(fresh, false, false, () -> {});
        }
        byte[] hash = IdempotencyKey.hash(station, request);
        CommandKeys.Claim claim = keys.claim(workspace, key.get(), hash, new CommandId(fresh));
        if (!claim.sameRequest()) {
            throw IdempotencyKey.reused();
        }
        return new Ticket(
                claim.command().value(),
                true,
                claim.published(),
                () -> keys.published(workspace, key.get(), hash, claim.command()));
    }
}
