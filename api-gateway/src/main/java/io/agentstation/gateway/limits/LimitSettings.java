package io.agentstation.gateway.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the limits must know; prefix {@code station.gateway}.
 *
 * @param replicas how many gateways share a key's requests: each allows its part
 */
@ConfigurationProperties("station.gateway")
record LimitSettings(@DefaultValue("1") int replicas) {

    private static final int MOST = 1_000;

    LimitSettings {
        if (replicas < 1 || replicas > MOST) {
            throw new IllegalArgumentException(
                    "station.gateway.replicas must be from 1 to " + MOST + ", it is " + replicas);
        }
    }
}
