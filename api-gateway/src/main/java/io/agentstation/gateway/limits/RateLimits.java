package io.agentstation.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.heartbeats.ProbeAgent;
import io.agentstation.gateway.keys.Caller;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the allowance that a request draws on: its key's, or, for heartbeats and metrics, one of its agent alone, so that
 * a busy dashboard never silences an agent and a noisy agent never locks out its owner. An agent's allowance belongs to the
 * credential too: a stranger who reports for an agent of somebody else uses up nothing of that agent's.
 *
 * <p>Allowances are forgotten after two minutes without a request, when they would be whole again, and beyond 100,000 of
 * them the least used ones.
 */
final class RateLimits {

    private static final Pattern REPORTS = Pattern.compile("/api/agents/([^/]+)/(heartbeat|metrics)");
    private static final Duration FORGET = Duration.ofMinutes(2);
    private static final int REMEMBER_AT_MOST = 100_000;

    /**
     * Whose allowance.
     *
     * @param credential id of the key, or of the agent whose token it is
     * @param reportsOn  heartbeat or metrics of this agent, or empty for everything else
     */
    private record Holder(String credential, String reportsOn) {}

    private final int gateways;
    private final TimeMeter time;
    private final Cache<Holder, Allowance> allowances = Caffeine.newBuilder()
            .expireAfterAccess(FORGET)
            .maximumSize(REMEMBER_AT_MOST)
            .build();

    RateLimits(int gateways, TimeMeter time) {
        this.gateways = gateways;
        this.time = time;
    }

    /** Asks once for a request; empty when it has no limit. */
    Optional<Draw> draw(Caller caller, String method, String path) {
        Matcher reports = REPORTS.matcher(path);
        boolean isReport = method.equals("POST") && reports.matches();
        if (isReport) {
            return AgentId.parse(reports.group(1))
                    .filter(agent -> !ProbeAgent.is(caller, agent))
                    .map(agent -> report(caller, agent, reports.group(2)))
                    .or(() -> ofKey(caller));
        }
        return ofKey(caller);
    }

    private Draw report(Caller caller, AgentId agent, String kind) {
        Rate rate = kind.equals("heartbeat") ? Rate.HEARTBEATS : Rate.METRICS;
        Holder holder = caller instanceof Caller.Agent itself
                ? new Holder(itself.id().toString(), kind)
                : new Holder(caller.user().keyId(), kind + " " + agent);
        return draw(holder, rate);
    }

    private Optional<Draw> ofKey(Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        return Rate.of(user.grant().tier()).map(rate -> draw(new Holder(user.keyId(), ""), rate.sharedBy(gateways)));
    }

    private Draw draw(Holder holder, Rate rate) {
        return allowances.get(holder, fresh -> new Allowance(rate, time)).draw();
    }
}
