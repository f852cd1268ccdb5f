package io.agentstation.provisioner.objects;

import io.agentstation.contracts.agents.HeartbeatSource;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The station-agent beside a container that knows nothing of a Station: it reports as long as something listens on the
 * agent's port, which is also what the container's readiness probe asks (ADR 21).
 */
final class SidecarManifest {

    private static final String NAME = "heartbeat";
    private static final int PROBE_SECONDS = 5;

    private SidecarManifest() {}

    static boolean isWanted(DesiredAgent agent) {
        return agent.spec().heartbeatSource() == HeartbeatSource.SIDECAR;
    }

    static Container of(DesiredAgent agent, ManifestSettings settings) {
        List<EnvVar> variables = new ArrayList<>(ContainerManifest.station(agent, settings));
        variables.add(ContainerManifest.plain(
                "STATION_WATCH_PORT", Integer.toString(agent.spec().port())));
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(settings.sidecarImage())
                .withEnv(variables)
                .withResources(resources())
                .withVolumeMounts(ContainerManifest.token())
                .withSecurityContext(ContainerManifest.restricted())
                .build();
    }

    /** Tells the agent's own container that it need not report: it would count twice. */
    static EnvVar reportsForThis() {
        return ContainerManifest.plain("STATION_HEARTBEATS", "sidecar");
    }

    /** When the agent's container counts as ready. */
    static Probe readiness() {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withPort(new IntOrString(ServiceManifest.PORT_NAME))
                .endTcpSocket()
                .withPeriodSeconds(PROBE_SECONDS)
                .build();
    }

    // A namespace with a quota takes no container that does not say what it needs.
    private static ResourceRequirements resources() {
        Resources sidecar = Resources.SIDECAR;
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(sidecar.cpuRequest()))
                .addToRequests("memory", new Quantity(sidecar.memoryRequest()))
                .addToLimits("cpu", new Quantity(sidecar.cpuLimit()))
                .addToLimits("memory", new Quantity(sidecar.memoryLimit()))
                .build();
    }
}
