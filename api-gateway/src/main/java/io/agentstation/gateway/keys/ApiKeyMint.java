package io.agentstation.gateway.keys;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.KeySecrets;
import io.agentstation.store.keys.StoredKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes API keys. What it returns must be stored by {@code ApiKeys.insert} before the key opens anything. */
public final class ApiKeyMint {

    /**
     * A new key.
     *
     * @param text   the key itself: shown once, kept nowhere
     * @param stored what is kept of it
     */
    public record Minted(String text, StoredKey stored) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Minted[" + stored.keyId() + "]";
        }
    }

    /**
     * A new secret of a key that there is.
     *
     * @param text the key with it: shown once, kept nowhere
     * @param hash what is kept of it
     */
    record Reminted(String text, String hash) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Reminted[]";
        }
    }

    private final StationKey station;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** A mint for keys of this station. */
    public ApiKeyMint(StationKey station, InstantSource clock) {
        this.station = station;
        this.clock = clock;
    }

    /** Makes a key that does not expire. */
    public Minted mint(Grant grant, String name) {
        return minted(ApiKeyText.fresh(random), grant, name, null);
    }

    /** The key of a change; always the same for the same one. */
    Minted mint(Grant grant, String name, @Nullable Instant expiresAt, UUID change) {
        return minted(ApiKeyText.derived(station, change), grant, name, expiresAt);
    }

    private Minted minted(ApiKeyText key, Grant grant, String name, @Nullable Instant expiresAt) {
        // In milliseconds, as it is stored.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeySecrets secrets = KeySecrets.of(key.hash(station));
        return new Minted(
                key.text(), new StoredKey(key.keyId(), secrets, grant, UUID.randomUUID(), name, now, expiresAt, null));
    }

    /** The secret of a change; always the same for the same one. */
    Reminted remint(String keyId, UUID change) {
        ApiKeyText key = ApiKeyText.derived(station, change, keyId);
        return new Reminted(key.text(), key.hash(station));
    }
}
