package io.agentstation.gateway.webhooks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.idempotency.Tickets;
import io.agentstation.gateway.requests.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/** The tickets of what is asked of subscriptions; their ids are UUIDv7, as those of subscriptions and deliveries are. */
final class WebhookTickets {

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Tickets tickets;

    WebhookTickets(Tickets tickets) {
        this.tickets = tickets;
    }

    /**
     * The ticket of a request.
     *
     * @param webhook which subscription, as the path says it
     * @throws io.agentstation.gateway.errors.RequestRefused 400 when the key is not well-formed, 422 when it came with another
     *     request before
     */
    Ticket of(HttpServletRequest request, WorkspaceId workspace, String webhook, String operation, ObjectNode body) {
        return tickets.of(
                IdempotencyKey.of(request.getHeader(IdempotencyKey.HEADER)),
                workspace,
                Tickets.request("webhook", webhook, operation, body),
                IDS.generate());
    }

    /** The ticket of a request that says nothing more. */
    Ticket of(HttpServletRequest request, WorkspaceId workspace, String webhook, String operation) {
        return of(request, workspace, webhook, operation, Wire.mapper().createObjectNode());
    }
}
