package io.agentstation.gateway.inspection;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What followed logs may take of a gateway.
 *
 * @param atOnce       how many are followed at the same time; each holds a thread
 * @param perWorkspace how many of them for one workspace
 */
@ConfigurationProperties("station.gateway.logs")
record LogSettings(
        @DefaultValue("20") int atOnce, @DefaultValue("5") int perWorkspace) {

    // Each holds one of the server's threads, which heartbeats need too.
    private static final int MOST_AT_ONCE = 50;

    LogSettings {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "station.gateway.logs.at-once must be from 1 to " + MOST_AT_ONCE + ": " + atOnce);
        }
        if (perWorkspace < 1 || perWorkspace > atOnce) {
            throw new IllegalArgumentException(
                    "station.gateway.logs.per-workspace must be from 1 to at-once, " + atOnce + ": " + perWorkspace);
        }
    }
}
