package io.agentstation.store.keys;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is kept: never its secret.
 *
 * @param keyId the public part of the key
 * @param owner the uuid shown as {@code triggered_by}
 */
public record StoredKey(
        String keyId,
        KeySecrets secrets,
        Grant grant,
        UUID owner,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Whether the key opens anything at this moment. */
    public boolean isLive(Instant now) {
        return (expiresAt == null || now.isBefore(expiresAt)) && (revokedAt == null || now.isBefore(revokedAt));
    }
}
