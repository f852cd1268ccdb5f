package io.agentstation.gateway.idempotency;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.requests.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives every change an id: a fresh one, or, for a day, the one that the same {@code Idempotency-Key} of the same workspace
 * had before. A change that derives all that it makes from its id is then made once, however often it is sent; nothing has
 * to be remembered of whether it was done, as a {@link Ticket} does.
 */
public final class RepeatedRequests {

    /**
     * The id of a change.
     *
     * @param isFirst false when it was sent before; nothing says whether it was carried out
     */
    public record Change(UUID id, boolean isFirst) {}

    private final Tickets tickets;

    public RepeatedRequests(Tickets tickets) {
        this.tickets = tickets;
    }

    /**
     * The id of this change; waits when there is a key to be bound.
     *
     * @param body what the client wants, apart from method and path
     * @throws io.agentstation.gateway.errors.RequestRefused 400 when the key is not well-formed, 422 when it came with another
     *     request before
     */
    public Change of(HttpServletRequest request, WorkspaceId workspace, ObjectNode body) {
        UUID fresh = UUID.randomUUID();
        Ticket ticket = ticket(request, workspace, body, fresh);
        return new Change(ticket.id(), ticket.id().equals(fresh));
    }

    /**
     * The ticket of this change, for one that must not be made again after another came between; waits when there is a key
     * to be bound, and fails as {@link #of} does.
     */
    public Ticket ticket(HttpServletRequest request, WorkspaceId workspace, ObjectNode body) {
        return ticket(request, workspace, body, UUID.randomUUID());
    }

    private Ticket ticket(HttpServletRequest request, WorkspaceId workspace, ObjectNode body, UUID fresh) {
        ObjectNode whole = Wire.mapper()
                .createObjectNode()
                .put("method", request.getMethod())
                .put("path", request.getServletPath())
                .set("body", body);
        return tickets.of(IdempotencyKey.of(request.getHeader(IdempotencyKey.HEADER)), workspace, whole, fresh);
    }
}
