package io.agentstation.gateway.webhooks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.store.webhooks.Webhooks;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** The subscriptions of workspaces, each seen by its own workspace only. */
final class Subscriptions {

    /** Both secrets sign for this long after a rotation. */
    static final Duration BOTH_SIGN = Duration.ofHours(24);

    private static final int MOST = 50;
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Webhooks webhooks;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Subscriptions(Webhooks webhooks, Clock clock) {
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /** A subscription with the secret that is shown once. */
    record WithSecret(Webhook webhook, String secret) {
        @Override
        public String toString() {
            return "WithSecret[" + webhook.id() + "]";
        }
    }

    /**
     * Makes one; an event that happens from its return on is sent to it.
     *
     * @throws RequestRefused 403 when the workspace has as many as it may have
     */
    WithSecret create(WorkspaceId workspace, WebhookChange wanted) {
        int existing = webhooks.of(workspace).size();
        if (existing >= MOST) {
            throw new RequestRefused(
                    HttpStatus.FORBIDDEN,
                    "quota_exceeded",
                    "A workspace has at most " + MOST + " webhooks, and this one has " + existing + ": delete one");
        }
        UUID id = IDS.generate();
        String secret = WebhookSignature.newSecret(random);
        webhooks.insert(workspace, id, wanted, clock.instant(), secret);
        return new WithSecret(find(workspace, id.toString()), secret);
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
     * Changes one.
     *
     * @throws RequestRefused 404 when it was deleted meanwhile
     */
    Webhook change(Webhook before, WebhookChange wanted) {
        if (!webhooks.change(before, wanted)) {
            throw notFound();
        }
        return find(before.workspace(), before.id().toString());
    }

    /**
     * Gives one a fresh secret.
     *
     * @throws RequestRefused 409 when another rotation came between
     */
    WithSecret rotate(Webhook before) {
        String secret = WebhookSignature.newSecret(random);
        if (!webhooks.rotate(before, secret, clock.instant().plus(BOTH_SIGN))) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "conflict", "The webhook was changed meanwhile: look at it and try again");
        }
        return new WithSecret(find(before.workspace(), before.id().toString()), secret);
    }

    /** Deletes one; what waits for it is not sent any more. */
    void delete(Webhook webhook) {
        webhooks.delete(webhook.workspace(), webhook.id());
    }

    private static RequestRefused notFound() {
        return new RequestRefused(HttpStatus.NOT_FOUND, "webhook_not_found", "Webhook not found");
    }
}
