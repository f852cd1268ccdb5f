package io.agentstation.standalone.ingress;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests for the agents' hosts go; set by the launcher when it simulates a cluster.
 *
 * @param url     of the cluster's ingress
 * @param domain  an agent's host is its name before it
 * @param apiHost the API's own host, should that be within the domain
 * @param timeout of one request
 */
@ConfigurationProperties(IngressSettings.PREFIX)
public record IngressSettings(
        URI url,
        String domain,
        @Nullable String apiHost,
        @DefaultValue("10s") Duration timeout) {

    /** Of the properties. */
    public static final String PREFIX = "station.ingress";

    public IngressSettings {
        domain = domain.toLowerCase(Locale.ROOT);
        if (domain.isBlank() || domain.startsWith(".") || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(PREFIX + ".domain must be a domain such as agents.example.org, and"
                    + " .timeout positive: " + domain + ", " + timeout);
        }
    }

    /** Whether a request's host is an agent's, and so not the API's. */
    boolean isAgentHost(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int dot = name.length() - domain.length() - 1;
        return dot > 0
                && name.charAt(dot) == '.'
                && name.regionMatches(true, dot + 1, domain, 0, domain.length())
                && !name.equalsIgnoreCase(apiHost);
    }
}
