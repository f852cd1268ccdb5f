package io.agentstation.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.keys.StoredKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Finds out whose credential it is. A revoked key opens nothing after 3 s; agents' tokens need no look-up at all. */
final class KeyRing {

    private static final Duration REMEMBER = Duration.ofSeconds(3);
    private static final int REMEMBER_AT_MOST = 100_000;

    private final StationKey station;
    private final ApiKeys keys;
    private final InstantSource clock;
    private final Cache<String, Optional<StoredKey>> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBER)
            .maximumSize(REMEMBER_AT_MOST)
            .build();

    KeyRing(StationKey station, ApiKeys keys, InstantSource clock) {
        this.station = station;
        this.keys = keys;
        this.clock = clock;
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

    private Optional<Caller> find(ApiKeyText key) {
        return known.get(key.keyId(), keys::find)
                .filter(stored -> key.hasHash(station, stored.secretHash()))
                .filter(stored -> stored.isLive(clock.instant()))
                .map(stored -> new Caller.User(
                        stored.keyId(), stored.workspace(), stored.role(), stored.tier(), stored.owner()));
    }
}
