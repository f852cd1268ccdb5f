package io.agentstation.gateway.management;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway answers probes and shows its figures, {@code station.gateway.management.*}.
 *
 * @param address the address to listen on; loopback by default, since whoever reaches it needs no key
 * @param port    0 takes any free one; nothing listens when it is left out
 */
@ConfigurationProperties("station.gateway.management")
record ManagementSettings(
        @DefaultValue("127.0.0.1") String address, @Nullable Integer port) {

    private static final int HIGHEST_PORT = 65_535;

    ManagementSettings {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new IllegalArgumentException("station.gateway.management.port must be 0 to 65535: " + port);
        }
    }
}
