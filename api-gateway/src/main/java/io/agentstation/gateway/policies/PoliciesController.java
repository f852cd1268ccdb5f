package io.agentstation.gateway.policies;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.RepeatedRequests;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.PreferWait;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/policies}, of the caller's workspace, and {@code /api/agents/{id}/policies}. */
@RestController
final class PoliciesController {

    private static final String WORKSPACES = "/api/policies";
    private static final String AGENTS = "/api/agents/{id}/policies";

    /** A policy. */
    record PolicyView(Action onUnhealthy, int unhealthyAfterIntervals) {
        static PolicyView of(UnhealthyPolicy policy) {
            return new PolicyView(policy.action(), policy.afterIntervals());
        }
    }

    /** An agent's own policy, and the one that counts. */
    record AgentPolicyView(Action onUnhealthy, int unhealthyAfterIntervals, PolicyView effective) {
        static AgentPolicyView of(UnhealthyPolicy own, UnhealthyPolicy workspaces) {
            return new AgentPolicyView(own.action(), own.afterIntervals(), PolicyView.of(own.or(workspaces)));
        }
    }

    /** A change that is durably queued and not applied yet; the policy is what is true now. */
    record PendingView(
            String message, Action onUnhealthy, int unhealthyAfterIntervals, PolicyView effective, boolean pending) {
        static PendingView of(AgentPolicyView now) {
            return new PendingView(
                    "The change of the policy is queued",
                    now.onUnhealthy(),
                    now.unhealthyAfterIntervals(),
                    now.effective(),
                    true);
        }
    }

    private final PoliciesInForce policies;
    private final AgentPolicyChange agents;
    private final RepeatedRequests repeats;
    private final GatewaySettings settings;

    PoliciesController(
            PoliciesInForce policies, AgentPolicyChange agents, RepeatedRequests repeats, GatewaySettings settings) {
        this.policies = policies;
        this.agents = agents;
        this.repeats = repeats;
        this.settings = settings;
    }

    @GetMapping(WORKSPACES)
    PolicyView ofWorkspace(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return PolicyView.of(policies.of(caller.user().workspace()));
    }

    @PutMapping(WORKSPACES)
    CompletableFuture<PolicyView> setOfWorkspace(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        WorkspaceId workspace = caller.user().workspace();
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        UnhealthyPolicy policy = PolicyForm.require(form(body), Action.NONE, Action.RESTART, Action.KILL);
        Ticket ticket = repeats.ticket(request, workspace, body);
        return policies.set(workspace, policy, ticket).thenApply(PolicyView::of);
    }

    @GetMapping(AGENTS)
    AgentPolicyView ofAgent(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        WorkspaceId workspace = caller.user().workspace();
        return AgentPolicyView.of(agents.of(workspace, agent(id)), policies.of(workspace));
    }

    @PutMapping(AGENTS)
    CompletableFuture<ResponseEntity<?>> setOfAgent(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
            HttpServletRequest request) {
        Caller.User user = caller.user();
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        UnhealthyPolicy policy = PolicyForm.require(form(body), Action.values());
        Duration wait = PreferWait.of(prefer, settings.deleteWait());
        AgentId agent = agent(id);
        agents.require(user.workspace(), agent);
        Ticket ticket = repeats.ticket(request, user.workspace(), body);
        return agents.change(user, agent, policy, ticket, wait).thenApply(outcome -> {
            AgentPolicyView now = AgentPolicyView.of(outcome.policy(), policies.of(user.workspace()));
            return outcome.pending() ? ResponseEntity.accepted().body(PendingView.of(now)) : ResponseEntity.ok(now);
        });
    }

    private static JsonForm form(ObjectNode body) {
        return JsonForm.of(body, new Problems());
    }

    private static AgentId agent(String id) {
        return AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
    }
}
