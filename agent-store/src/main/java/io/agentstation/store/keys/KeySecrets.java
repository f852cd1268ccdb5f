package io.agentstation.store.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the secrets of a key: HMACs of the whole key, hexadecimal, under a key derived from the station key.
 *
 * @param current       of the newest one
 * @param previous      of the one before it, which a rotation left open for a while
 * @param previousUntil when that one closes
 */
public record KeySecrets(
        String current, @Nullable String previous, @Nullable Instant previousUntil) {

    /** Those of a key that was never rotated. */
    public static KeySecrets of(String current) {
        return new KeySecrets(current, null, null);
    }

    /** Those that open at this moment: one, or two after a rotation. */
    public List<String> open(Instant now) {
        return previous != null && previousUntil != null && now.isBefore(previousUntil)
                ? List.of(current, previous)
                : List.of(current);
    }

    /** Never the hashes: they are nobody's business. */
    @Override
    public String toString() {
        return "KeySecrets[" + (previous == null ? "one" : "two, one of them until " + previousUntil) + "]";
    }
}
