package io.agentstation.gateway.keys;

import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.store.keys.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what, by method and path pattern as the controllers declare them: reading needs the role viewer, everything
 * else member, unless it is listed here.
 */
final class Permissions {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String KILL = "POST /api/agents/{id}/kill";

    /** Whatever the method. */
    private static final Set<String> OF_ADMINS = Set.of("/api/keys", "/api/audit");

    private static final Map<String, Role> OTHERWISE = Map.of("POST /api/agents/{id}/export", Role.VIEWER);

    private static final Set<String> OF_THE_STATION = Set.of(KILL, "POST /api/workspaces");

    private static final Set<String> OF_AGENTS =
            Set.of("POST /api/agents/{id}/heartbeat", "POST /api/agents/{id}/metrics", "POST /api/agents/{id}/drained");

    private Permissions() {}

    /** Why the caller may not do this; empty when it may. */
    static Optional<RequestRefused> refusal(Caller caller, String method, String pattern) {
        String action = method + " " + pattern;
        if (caller instanceof Caller.Agent) {
            return OF_AGENTS.contains(action) ? Optional.empty() : Optional.of(Caller.forbidden());
        }
        Caller.User user = caller.user();
        if (OF_THE_STATION.contains(action)) {
            return user.grant().station() ? Optional.empty() : Optional.of(onlyTheStation(action));
        }
        Role needed = needed(method, pattern);
        return user.grant().role().covers(needed)
                ? Optional.empty()
                : Optional.of(RequestRefused.forbidden("Forbidden: this needs a key with the role " + needed.word()
                        + ", this one has the role " + user.grant().role().word()));
    }

    private static Role needed(String method, String pattern) {
        boolean admins = OF_ADMINS.stream().anyMatch(path -> pattern.equals(path) || pattern.startsWith(path + "/"));
        if (admins) {
            return Role.ADMIN;
        }
        return OTHERWISE.getOrDefault(method + " " + pattern, READING.contains(method) ? Role.VIEWER : Role.MEMBER);
    }

    private static RequestRefused onlyTheStation(String action) {
        return RequestRefused.forbidden(
                action.equals(KILL)
                        ? "Only the Station (control plane) can KILL an agent"
                        : "Forbidden: this needs a key with the scope station");
    }
}
