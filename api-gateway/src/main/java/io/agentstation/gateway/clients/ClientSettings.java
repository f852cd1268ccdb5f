package io.agentstation.gateway.clients;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is believed and allowed of addresses; prefix {@code station.gateway.clients}.
 *
 * @param trustedProxies         networks ({@code 10.0.0.0/8}) whose {@code X-Forwarded-For} is believed; nobody's by default
 * @param failedLogins           how many wrong credentials an address may send at once
 * @param failedLoginsPerMinute  how many more each minute
 */
@ConfigurationProperties("station.gateway.clients")
record ClientSettings(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("40") int failedLogins,
        @DefaultValue("20") int failedLoginsPerMinute) {

    ClientSettings {
        requirePositive("failed-logins", failedLogins);
        requirePositive("failed-logins-per-minute", failedLoginsPerMinute);
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(Network::of);
    }

    List<Network> proxies() {
        return trustedProxies.stream().map(Network::of).toList();
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("station.gateway.clients." + key + " must be at least 1: " + value);
        }
    }
}
