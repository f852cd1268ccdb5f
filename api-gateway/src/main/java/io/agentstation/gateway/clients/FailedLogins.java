package io.agentstation.gateway.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Counts wrong credentials by address (IPv6: by /64, for whoever has one address there has all): an address that sent too
 * many is told so instead of being told that they are wrong. Says nothing about requests with a valid credential.
 * Thread-safe; remembers 100,000 addresses at most.
 */
public final class FailedLogins {

    private static final int REMEMBER_AT_MOST = 100_000;
    private static final int NETWORK_BYTES = 8;

    private final Bandwidth allowed;
    private final TimeMeter time;
    private final Cache<String, Bucket> addresses;

    FailedLogins(int atOnce, int perMinute, TimeMeter time) {
        this.allowed = Bandwidth.builder()
                .capacity(atOnce)
                .refillGreedy(perMinute, Duration.ofMinutes(1))
                .build();
        this.time = time;
        this.addresses = Caffeine.newBuilder()
                // By then an allowance that was used up is whole again.
                .expireAfterAccess(Duration.ofMinutes(1L + atOnce / perMinute))
                .maximumSize(REMEMBER_AT_MOST)
                .build();
    }

    /** Counts a wrong credential; false when it is one too many. */
    public boolean count(String address) {
        return addresses.get(groupOf(address), this::fresh).tryConsume(1);
    }

    /** Whether the next wrong credential would be one too many. */
    public boolean isTooMany(String address) {
        Bucket bucket = addresses.getIfPresent(groupOf(address));
        return bucket != null && bucket.getAvailableTokens() == 0;
    }

    private Bucket fresh(String group) {
        return Bucket.builder().addLimit(allowed).withCustomTimePrecision(time).build();
    }

    private static String groupOf(String address) {
        InetAddress parsed = Network.address(address).orElse(null);
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                : address;
    }
}
