package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.store.webhooks.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The subscriptions of workspaces, each seen by its own workspace only. */
final class Subscriptions {

    /** Both secrets sign for this long after a rotation. */
    static final Duration BOTH_SIGN = Duration.ofHours(24);

    private static final int MOST = 50;

    private final Webhooks webhooks;
    private final WebhookSecrets secrets;
    private final Clock clock;

    Subscriptions(Webhooks webhooks, WebhookSecrets secrets, Clock clock) {
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * A subscription with the secret that is shown to whoever made it.
     *
     * @param secret null when a repeated request made one that signs no more
     */
    record WithSecret(Webhook webhook, @Nullable String secret) {
        @Override
        public String toString() {
            return "WithSecret[" + webhook.id() + "]";
        }
    }

    /**
     * Makes one, or finds the one that the ticket made; an event that happens from its return on is sent to it.
     *
     * @throws RequestRefused 403 when the workspace has as many as it may have; 410 when it was made and then deleted
     */
    WithSecret create(WorkspaceId workspace, WebhookChange wanted, Ticket ticket) {
        String secret = secrets.of(ticket);
        Optional<Webhook> made = ticket.isKept() ? webhooks.find(workspace, ticket.id()) : Optional.empty();
        if (made.isEmpty() && ticket.isDone()) {
            throw new RequestRefused(
                    HttpStatus.GONE, "webhook_gone", "The webhook that this request made has been deleted");
        }
        if (made.isEmpty()) {
            requireRoom(workspace);
            webhooks.insert(workspace, ticket.id(), wanted, clock.instant(), secret);
        }
        ticket.done();
        return shown(find(workspace, ticket.id().toString()), secret);
    }

    private void requireRoom(WorkspaceId workspace) {
        int existing = webhooks.of(workspace).size();
        if (existing >= MOST) {
            throw new RequestRefused(
                    HttpStatus.FORBIDDEN,
                    "quota_exceeded",
                    "A workspace has at most " + MOST + " webhooks, and this one has " + existing + ": delete one");
        }
    }

    private WithSecret shown(Webhook webhook, String secret) {
        boolean signs = webhook.secrets().inForce(clock.instant()).get(0).equals(secret);
        return new WithSecret(webhook, signs ? secret : null);
    }

    /** All of a workspace, newest first. */
    List<Webhook> of(WorkspaceId workspace) {
        return webhooks.of(workspace);
    }

    /**
     * One of a workspace.
     *
     * @throws RequestRefused 404 when the workspace has no such subscription
     */
    Webhook find(WorkspaceId workspace, String id) {
        return AgentId.parse(id)
                .flatMap(uuid -> webhooks.find(workspace, uuid.value()))
                .orElseThrow(Subscriptions::notFound);
    }

    /**
     * Changes one, once for each ticket.
     *
     * @throws RequestRefused 404 when it was deleted meanwhile
     */
    Webhook change(Webhook before, WebhookChange wanted, Ticket ticket) {
        if (!ticket.isDone()) {
            if (!webhooks.change(before, wanted)) {
                throw notFound();
            }
            ticket.done();
        }
        return find(before.workspace(), before.id().toString());
    }

    /**
     * Gives one a fresh secret, once for each ticket.
     *
     * @throws RequestRefused 409 when another rotation came between
     */
    WithSecret rotate(Webhook before, Ticket ticket) {
        Instant now = clock.instant();
        String secret = secrets.of(ticket);
        boolean rotated = ticket.isDone() || before.secrets().inForce(now).contains(secret);
        if (!rotated && !webhooks.rotate(before, secret, now.plus(BOTH_SIGN))) {
            Webhook meanwhile = find(before.workspace(), before.id().toString());
            // By the same request, which was sent twice at a time, or by another.
            rotated = meanwhile.secrets().inForce(now).contains(secret);
            if (!rotated) {
                throw new RequestRefused(
                        HttpStatus.CONFLICT, "conflict", "The webhook was changed meanwhile: look at it and try again");
            }
        }
        ticket.done();
        return shown(find(before.workspace(), before.id().toString()), secret);
    }

    /**
     * Deletes one; what waits for it is not sent any more.
     *
     * @throws RequestRefused 404 when the workspace has no such subscription, unless this ticket has deleted it
     */
    void delete(WorkspaceId workspace, String id, Ticket ticket) {
        if (!ticket.isDone()) {
            Webhook webhook = find(workspace, id);
            webhooks.delete(workspace, webhook.id());
            ticket.done();
        }
    }

    private static RequestRefused notFound() {
        return new RequestRefused(HttpStatus.NOT_FOUND, "webhook_not_found", "Webhook not found");
    }
}
