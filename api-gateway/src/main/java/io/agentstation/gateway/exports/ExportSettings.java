package io.agentstation.gateway.exports;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What exports may take of a gateway.
 *
 * @param atOnce       how many are written at the same time; each holds a thread and a batch of rows
 * @param perWorkspace how many of them for one workspace, so that one tenant's slow clients leave room for others
 * @param longest      how long one may take; a client that reads slower is cut off
 */
@ConfigurationProperties("station.gateway.exports")
record ExportSettings(
        @DefaultValue("4") int atOnce,
        @DefaultValue("2") int perWorkspace,
        @DefaultValue("5m") Duration longest) {

    // Each holds one of the server's threads, which heartbeats need too.
    private static final int MOST_AT_ONCE = 50;

    ExportSettings {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "station.gateway.exports.at-once must be from 1 to " + MOST_AT_ONCE + ": " + atOnce);
        }
        if (perWorkspace < 1 || perWorkspace > atOnce) {
            throw new IllegalArgumentException(
                    "station.gateway.exports.per-workspace must be from 1 to at-once, " + atOnce + ": " + perWorkspace);
        }
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("station.gateway.exports.longest must be above zero: " + longest);
        }
    }
}
