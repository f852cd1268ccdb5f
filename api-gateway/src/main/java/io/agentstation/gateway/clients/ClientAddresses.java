package io.agentstation.gateway.clients;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells from which address a request comes. {@code X-Forwarded-For} is read from its end, and only as far as trusted
 * proxies wrote it: what stands before that is the client's own claim.
 */
public final class ClientAddresses {

    private static final String HEADER = "X-Forwarded-For";

    private final List<Network> proxies;

    ClientAddresses(List<Network> proxies) {
        this.proxies = proxies;
    }

    /** The client's address, in the form that the JDK writes. */
    public String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (proxies.isEmpty() || !isProxy(address)) {
            return address;
        }
        List<String> claimed = List.of(
                String.join(",", Collections.list(request.getHeaders(HEADER))).split(",", -1));
        for (int i = claimed.size() - 1; i >= 0 && isProxy(address); i--) {
            Optional<InetAddress> before =
                    Network.address(withoutPort(claimed.get(i).strip()));
            if (before.isEmpty()) {
                return address;
            }
            address = before.get().getHostAddress();
        }
        return address;
    }

    private boolean isProxy(String address) {
        return Network.address(address)
                .filter(found -> proxies.stream().anyMatch(proxy -> proxy.contains(found)))
                .isPresent();
    }

    // 192.0.2.1:8080 and [2001:db8::1]:8080, as some proxies write.
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
