package io.agentstation.store.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Cassandra is and how to talk to it; prefix {@code station.store}.
 *
 * @param contactPoints     {@code host:port}, at least one
 * @param localDatacenter   default {@code datacenter1}
 * @param keyspace          default {@code agent_station}
 * @param replicationFactor used when the keyspace is made, default 1
 * @param requestTimeout    of one request, default 2 s
 * @param retention         how long telemetry is kept
 */
public record StoreSettings(
        List<String> contactPoints,
        String localDatacenter,
        String keyspace,
        Integer replicationFactor,
        Duration requestTimeout,
        Retention retention) {

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public StoreSettings(
            @Nullable List<String> contactPoints,
            @Nullable String localDatacenter,
            @Nullable String keyspace,
            @Nullable Integer replicationFactor,
            @Nullable Duration requestTimeout,
            @Nullable Retention retention) {
        this.contactPoints = contactPoints == null ? List.of() : List.copyOf(contactPoints);
        this.localDatacenter = localDatacenter == null ? "datacenter1" : localDatacenter;
        this.keyspace = keyspace == null ? "agent_station" : keyspace;
        this.replicationFactor = replicationFactor == null ? 1 : replicationFactor;
        this.requestTimeout = requestTimeout == null ? Duration.ofSeconds(2) : requestTimeout;
        this.retention = retention == null ? Retention.defaults() : retention;
        if (this.contactPoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "station.store.contact-points must name at least one host:port of Cassandra");
        }
        if (!KEYSPACE.matcher(this.keyspace).matches()) {
            throw new IllegalArgumentException(
                    "station.store.keyspace must be lower-case letters, digits and underscores: " + keyspace);
        }
        if (this.replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "station.store.replication-factor must be at least 1: " + replicationFactor);
        }
        if (this.requestTimeout.isNegative() || this.requestTimeout.isZero()) {
            throw new IllegalArgumentException("station.store.request-timeout must be above zero: " + requestTimeout);
        }
    }

    /** The defaults, for one contact point. */
    public static StoreSettings at(String hostAndPort) {
        return new StoreSettings(List.of(hostAndPort), null, null, null, null, null);
    }

    List<InetSocketAddress> addresses() {
        return contactPoints.stream().map(StoreSettings::address).toList();
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        if (colon < 1 || !hostAndPort.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("station.store.contact-points: not host:port: " + hostAndPort);
        }
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }
}
