package io.agentstation.store.webhooks;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.webhooks.WebhookFilter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One subscription.
 *
 * @param id             a UUIDv7, so that ids sort by creation
 * @param disabledReason why the station has disabled it, or null
 * @param failingSince   the first failure after the last success that is known, or null
 * @param lastSuccessAt  to the minute; null before the first
 */
public record Webhook(
        WorkspaceId workspace,
        UUID id,
        String url,
        WebhookFilter filter,
        String description,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        SigningSecrets secrets,
        @Nullable Instant failingSince,
        @Nullable Instant lastSuccessAt) {}
