package io.agentstation.gateway.keys;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.keys.StoredKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

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

    private final StationKey station;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** A mint for keys of this station. */
    public ApiKeyMint(StationKey station, InstantSource clock) {
        this.station = station;
        this.clock = clock;
    }

    /** Makes a key that does not expire; see {@link StoredKey} for the words of role and tier. */
    public Minted mint(WorkspaceId workspace, String role, String tier, UUID owner, String name) {
        ApiKeyText key = ApiKeyText.fresh(random);
        return new Minted(
                key.text(),
                new StoredKey(
                        key.keyId(),
                        key.hash(station),
                        workspace,
                        role,
                        tier,
                        owner,
                        name,
                        clock.instant(),
                        null,
                        null));
    }
}
