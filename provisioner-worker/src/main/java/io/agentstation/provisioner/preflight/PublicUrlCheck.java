package io.agentstation.provisioner.preflight;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the agents are told an address of the Station that can be theirs. */
final class PublicUrlCheck {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String EXAMPLE = "--set " + ClusterNeeds.PUBLIC_URL + "=http://192.0.2.10:8080";

    private PublicUrlCheck() {}

    static Finding of(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return Finding.fatal("No public URL is set, so agents on the cluster would not find this station: give its"
                    + " address as the cluster sees it, for example " + EXAMPLE);
        }
        String host = host(url);
        if (host.isEmpty()) {
            return Finding.fatal(
                    "The public URL " + url + " is no address that agents can call: it begins with http:// or"
                            + " https:// and names a host, for example " + EXAMPLE);
        }
        if (LOOPBACK.contains(host)) {
            return Finding.warning(
                    "The public URL " + url + " is the loopback address, which means the pod itself to an agent"
                            + " on the cluster: give an address of this machine that the cluster reaches, for example "
                            + EXAMPLE);
        }
        return Finding.ok("Agents will be told to reach this station at " + url);
    }

    private static String host(String url) {
        try {
            URI parsed = new URI(url);
            boolean callable = parsed.getScheme() != null && SCHEMES.contains(parsed.getScheme());
            return callable && parsed.getHost() != null ? parsed.getHost() : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
