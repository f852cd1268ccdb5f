package io.agentstation.store.session;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import java.time.Duration;

/** Opens sessions. The driver's defaults that bite (2 s for a schema change, a short first connection) are set here. */
public final class StoreSession {

    /** Driver profile for schema changes, which can take seconds on a cold node. */
    public static final String SCHEMA_PROFILE = "schema";

    private static final int MOST_UNDER_WAY = 4_096;
    private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private StoreSession() {}

    /** A session in the station's keyspace, which must exist. */
    public static Store open(StoreSettings settings) {
        return new Store(connect(settings), settings.retention());
    }

    /**
     * As {@link #open}, for whoever is waited for: while Cassandra answers nobody, all but one request a second are refused at
     * once instead of waiting for their time-out.
     */
    public static Store openForCallers(StoreSettings settings) {
        return new Store(connect(settings), settings.retention(), new Breaker(System::nanoTime));
    }

    private static CqlSession connect(StoreSettings settings) {
        return builder(settings, defaults(settings))
                .withKeyspace(CqlIdentifier.fromCql(settings.keyspace()))
                .build();
    }

    /**
     * A session in no keyspace, for making one. It keeps no metadata of the schema: otherwise the driver waits for a second
     * after each change of it to read it back (18 s instead of 2 s for the first migration).
     */
    public static CqlSession openBare(StoreSettings settings) {
        return builder(
                        settings,
                        defaults(settings)
                                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
                                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                                .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false))
                .build();
    }

    private static CqlSessionBuilder builder(StoreSettings settings, ProgrammaticDriverConfigLoaderBuilder config) {
        return CqlSession.builder()
                .withConfigLoader(config.startProfile(SCHEMA_PROFILE)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
                        .endProfile()
                        .build())
                .withLocalDatacenter(settings.localDatacenter())
                .addContactPoints(settings.addresses());
    }

    private static ProgrammaticDriverConfigLoaderBuilder defaults(StoreSettings settings) {
        return DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "SERIAL")
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, CONNECT_TIMEOUT)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
                // By default the 1,025th request that is under way at a time fails instead of waiting.
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MOST_UNDER_WAY)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                // By default a close waits until the threads have been idle for two seconds; nothing is lost without
                // that.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    }
}
