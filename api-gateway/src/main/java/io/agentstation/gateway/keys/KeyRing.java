package io.agentstation.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.keys.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose credential it is. A key is read once in 3 s at most, whether it is there or not, so that a revoked one
 * opens nothing after that; made-up ids have their own bounded memory and cannot push real ones out. Agents' tokens need
 * no look-up at all.
 */
final class KeyRing {

    private static final Duration REMEMBER = Duration.ofSeconds(3);
    private static final int REMEMBER_AT_MOST = 20_000;

    private final StationKey station;
    private final Function<String, Optional<StoredKey>> keys;
    private final InstantSource clock;
    private final Cache<String, StoredKey> known;
    private final Cache<String, Boolean> unknown;

    /** A ring of the keys that a look-up by public id finds. */
    KeyRing(StationKey station, Function<String, Optional<StoredKey>> keys, InstantSource clock, Ticker time) {
        this.station = station;
        this.keys = keys;
        this.clock = clock;
        this.known = memory(time);
        this.unknown = memory(time);
    }

    private static <T> Cache<String, T> memory(Ticker time) {
        return Caffeine.newBuilder()
                .ticker(time)
                .expireAfterWrite(REMEMBER)
                .maximumSize(REMEMBER_AT_MOST)
                .build();
    }

    /**
     * The caller with this credential; empty when it opens nothing.
     *
     * @throws io.agentstation.store.session.StoreUnavailable when a key cannot be looked up
     */
    Optional<Caller> find(String credential) {
        if (AgentToken.looksLike(credential)) {
            return AgentToken.verify(station, credential).map(Caller.Agent::new);
        }
        return ApiKeyText.parse(credential).flatMap(this::find);
    }

    /** Reads the key again when it is next used: it was changed here. */
    void forget(String keyId) {
        known.invalidate(keyId);
        unknown.invalidate(keyId);
    }

    private Optional<Caller> find(ApiKeyText key) {
        Instant now = clock.instant();
        return stored(key.keyId())
                .filter(stored -> stored.secrets().open(now).stream().anyMatch(hash -> key.hasHash(station, hash)))
                .filter(stored -> stored.isLive(now))
                .map(stored -> new Caller.User(stored.keyId(), stored.grant(), stored.owner()));
    }

    private Optional<StoredKey> stored(String keyId) {
        if (unknown.getIfPresent(keyId) != null) {
            return Optional.empty();
        }
        @Nullable StoredKey found = known.get(keyId, id -> keys.apply(id).orElse(null));
        if (found == null) {
            unknown.put(keyId, Boolean.TRUE);
        }
        return Optional.ofNullable(found);
    }
}
