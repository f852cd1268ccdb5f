package io.agentstation.provisioner.metrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the provisioner shows its figures, {@code station.provisioner.metrics.*}.
 *
 * @param address the address to listen on; loopback by default, since whoever reaches it needs no key
 * @param port    0 takes any free one; nothing listens when it is left out
 */
@ConfigurationProperties("station.provisioner.metrics")
public record MetricsSettings(
        @DefaultValue("127.0.0.1") String address, @Nullable Integer port) {

    private static final int HIGHEST_PORT = 65_535;

    public MetricsSettings {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new IllegalArgumentException("station.provisioner.metrics.port must be 0 to 65535: " + port);
        }
    }
}
