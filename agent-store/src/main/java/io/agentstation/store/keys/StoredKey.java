package io.agentstation.store.keys;

import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is kept: never its secret.
 *
 * @param keyId      the public part of the key
 * @param secretHash HMAC of the whole key, hexadecimal, under a key derived from the station key
 * @param role       viewer, member, admin or station
 * @param tier       free, pro, enterprise or unlimited
 * @param owner      the uuid shown as {@code triggered_by}
 */
public record StoredKey(
        String keyId,
        String secretHash,
        WorkspaceId workspace,
        String role,
        String tier,
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
