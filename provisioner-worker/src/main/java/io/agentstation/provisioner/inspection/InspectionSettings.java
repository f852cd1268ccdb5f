package io.agentstation.provisioner.inspection;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where gateways ask about agents on the cluster; prefix {@code station.provisioner.inspection}.
 *
 * @param address to listen on
 * @param port    to listen on; 0 for any that is free
 * @param url     where gateways reach it, for example a Service of all provisioners; without one, address and port
 * @param atOnce  how many questions are answered at the same time, followed logs included
 * @param longestFollow after which a followed log ends, and whoever follows asks again
 */
@ConfigurationProperties("station.provisioner.inspection")
public record InspectionSettings(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("0") int port,
        @Nullable URI url,
        @DefaultValue("64") int atOnce,
        @DefaultValue("1h") Duration longestFollow) {

    public InspectionSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("station.provisioner.inspection.port must be 0 to 65535: " + port);
        }
        if (url != null && (url.getHost() == null || !url.getRawPath().isEmpty() || url.getRawQuery() != null)) {
            throw new IllegalArgumentException("station.provisioner.inspection.url must be http:// or https:// with a"
                    + " host and without a path: " + url);
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("station.provisioner.inspection.at-once must be at least 1: " + atOnce);
        }
        if (longestFollow.isNegative() || longestFollow.isZero()) {
            throw new IllegalArgumentException(
                    "station.provisioner.inspection.longest-follow must be longer than nothing: " + longestFollow);
        }
    }
}
