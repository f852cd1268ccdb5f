package io.agentstation.gateway.inspection;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.AgentOnCluster;
import io.agentstation.contracts.inspection.AgentOnCluster.EventReport;
import io.agentstation.contracts.inspection.AgentOnCluster.PodReport;
import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.OwnAgents;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.agents.AgentRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/agents/{id}/kubernetes}: the agent's pods, and what the cluster has said of them. */
@RestController
final class KubernetesController {

    /**
     * What the cluster holds of an agent.
     *
     * @param why why it is not as desired, as in its details
     */
    record KubernetesView(
            AgentId agentUuid,
            String namespace,
            String deployment,
            @Nullable String why,
            List<PodReport> pods,
            List<EventReport> events) {}

    private final OwnAgents agents;
    private final ProvisionerLink provisioner;
    private final GatewaySettings settings;

    KubernetesController(OwnAgents agents, ProvisionerLink provisioner, GatewaySettings settings) {
        this.agents = agents;
        this.provisioner = provisioner;
        this.settings = settings;
    }

    @GetMapping("/api/agents/{id}/kubernetes")
    KubernetesView kubernetes(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        AgentRow row = agents.require(caller.user(), id);
        AgentOnCluster found = ask(row.id());
        return new KubernetesView(
                row.id(),
                settings.namespace(),
                row.spec().name(),
                row.state().isTerminal() ? null : row.why(),
                found.pods(),
                found.events());
    }

    private AgentOnCluster ask(AgentId agent) {
        try (InputStream answer = provisioner.ask(InspectionPaths.kubernetes(agent))) {
            return Wire.read(answer.readAllBytes(), AgentOnCluster.class);
        } catch (IOException e) {
            throw RequestRefused.unavailable("The provisioner's answer broke off, try again", e);
        }
    }
}
