package io.agentstation.gateway.requests;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.names.CommandKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every change an id: a fresh one, or, for a day, the one that the same {@code Idempotency-Key} of the same workspace
 * had before. A change that derives all that it makes from its id is then made once, however often it is sent.
 */
public final class RepeatedRequests {

    /**
     * The id of a change.
     *
     * @param isFirst false when it was sent before; nothing says whether it was carried out
     */
    public record Change(UUID id, boolean isFirst) {}

    private final CommandKeys keys;
    private final StationKey station;

    /** On the table that operations on agents bind their keys in, so that no key means two things. */
    public RepeatedRequests(CommandKeys keys, StationKey station) {
        this.keys = keys;
        this.station = station;
    }

    /**
     * The id of this change; waits when there is a key to be bound.
     *
     * @param body what the client wants, apart from method and path
     * @throws RequestRefused 400 when the key is not well-formed, 422 when it came with another request before
     */
    public Change of(HttpServletRequest request, WorkspaceId workspace, ObjectNode body) {
        UUID fresh = UUID.randomUUID();
        @Nullable
        String key = IdempotencyKey.of(request.getHeader(IdempotencyKey.HEADER)).orElse(null);
        if (key == null) {
            return new Change(fresh, true);
        }
        ObjectNode whole = Wire.mapper()
                .createObjectNode()
                .put("method", request.getMethod())
                .put("path", request.getServletPath())
                .set("body", body);
        CommandKeys.Claim claim = keys.claim(workspace, key, IdempotencyKey.hash(station, whole), new CommandId(fresh));
        if (!claim.sameRequest()) {
            throw IdempotencyKey.reused();
        }
        return new Change(claim.command().value(), claim.command().value().equals(fresh));
    }
}
