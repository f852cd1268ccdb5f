package io.agentstation.store.webhooks;

import io.agentstation.store.secrets.SecretSeal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a subscription's messages are signed with, sealed until somebody signs; never printed. */
public final class SigningSecrets {

    static final String NAME = "signing";

    private final SecretSeal seal;
    private final UUID webhook;
    private final byte[] current;
    private final byte @Nullable [] previous;
    private final @Nullable Instant previousUntil;
    private volatile @Nullable String opened;

    SigningSecrets(
            SecretSeal seal,
            UUID webhook,
            byte[] current,
            byte @Nullable [] previous,
            @Nullable Instant previousUntil) {
        this.seal = seal;
        this.webhook = webhook;
        this.current = current;
        this.previous = previous;
        this.previousUntil = previousUntil;
    }

    /**
     * Those that sign at this time, in clear: the newest first, then the one before while both are in force.
     *
     * @throws IllegalStateException when they were sealed with another station key
     */
    public List<String> inForce(Instant now) {
        List<String> secrets = new ArrayList<>();
        secrets.add(newest());
        if (previous != null && previousUntil != null && now.isBefore(previousUntil)) {
            secrets.add(seal.open(webhook, NAME, previous));
        }
        return secrets;
    }

    // Opened once: a batch of messages is signed by the same subscription.
    private String newest() {
        String known = opened;
        if (known == null) {
            known = seal.open(webhook, NAME, current);
            opened = known;
        }
        return known;
    }

    /** Until when the one before signs beside the newest; empty when there never was one. */
    public Optional<Instant> bothUntil() {
        return Optional.ofNullable(previousUntil);
    }

    byte[] current() {
        return current;
    }

    @Override
    public String toString() {
        return "SigningSecrets[of " + webhook + "]";
    }
}
