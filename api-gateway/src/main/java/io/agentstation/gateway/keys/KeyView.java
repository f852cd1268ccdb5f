package io.agentstation.gateway.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.keys.StoredKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is shown.
 *
 * @param key                 the key itself: only in the answer that made it
 * @param status              live, expired or revoked
 * @param owner               shown as {@code triggered_by} of what it does
 * @param previousSecretUntil how long the secret before the last rotation opens too; null when it does not
 */
record KeyView(
        String keyId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        String name,
        String role,
        List<String> scopes,
        String tier,
        WorkspaceId workspaceId,
        UUID owner,
        String status,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant previousSecretUntil) {

    static KeyView of(StoredKey key, Instant now) {
        return of(key, now, null);
    }

    static KeyView of(StoredKey key, Instant now, @Nullable String text) {
        boolean two = key.secrets().open(now).size() > 1;
        return new KeyView(
                key.keyId(),
                text,
                key.name(),
                key.grant().role().word(),
                key.grant().station() ? List.of("station") : List.of(),
                key.grant().tier().word(),
                key.grant().workspace(),
                key.owner(),
                status(key, now),
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt(),
                two ? key.secrets().previousUntil() : null);
    }

    private static String status(StoredKey key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.isLive(now) ? "live" : "expired";
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "KeyView[" + keyId + "]";
    }
}
