package io.agentstation.provisioner.objects;

import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The agent's container: its image, what it may use, and what it needs to reach the Station. */
final class ContainerManifest {

    static final String NAME = "agent";
    static final String TOKEN_DIRECTORY = "/var/run/agentstation";
    static final String TOKEN_FILE = "token";

    private ContainerManifest() {}

    static Container of(DesiredAgent agent, ManifestSettings settings) {
        boolean sidecar = SidecarManifest.isWanted(agent);
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(agent.spec().image())
                .withEnv(environment(agent, settings, sidecar))
                .withResources(resources(agent.spec().resources()))
                .addNewPort()
                .withName(ServiceManifest.PORT_NAME)
                .withContainerPort(agent.spec().port())
                .withProtocol("TCP")
                .endPort()
                .withReadinessProbe(sidecar ? SidecarManifest.readiness() : null)
                .withVolumeMounts(token())
                .withSecurityContext(restricted())
                .build();
    }

    /** The agent's token as a file. */
    static VolumeMount token() {
        return new VolumeMountBuilder()
                .withName(DeploymentManifest.TOKEN_VOLUME)
                .withMountPath(TOKEN_DIRECTORY)
                .withReadOnly(true)
                .build();
    }

    /** What the "restricted" Pod Security Standard asks of every container. */
    static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static List<EnvVar> environment(DesiredAgent agent, ManifestSettings settings, boolean sidecar) {
        List<EnvVar> variables = new ArrayList<>(station(agent, settings));
        if (sidecar) {
            variables.add(SidecarManifest.reportsForThis());
        }
        agent.spec().environment().forEach(name -> variables.add(secret(agent, name)));
        return variables;
    }

    /** What a station-agent needs to know. */
    static List<EnvVar> station(DesiredAgent agent, ManifestSettings settings) {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(plain("STATION_URL", settings.publicUrl().toString()));
        variables.add(plain("STATION_AGENT_ID", agent.agentId().toString()));
        variables.add(plain("STATION_AGENT_NAME", agent.spec().name()));
        variables.add(plain("STATION_HEARTBEAT_MODE", HeartbeatMode.IDLE.name()));
        variables.add(plain("STATION_AGENT_TOKEN_FILE", TOKEN_DIRECTORY + "/" + TOKEN_FILE));
        variables.add(secret(agent, SecretManifest.TOKEN));
        return variables;
    }

    static EnvVar plain(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar secret(DesiredAgent agent, String name) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(ObjectNames.secret(agent))
                .withKey(name)
                .endSecretKeyRef()
                .endValueFrom()
                .build();
    }

    private static ResourceRequirements resources(Resources wanted) {
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(wanted.cpuRequest()))
                .addToRequests("memory", new Quantity(wanted.memoryRequest()))
                .addToLimits("cpu", new Quantity(wanted.cpuLimit()))
                .addToLimits("memory", new Quantity(wanted.memoryLimit()))
                .build();
    }
}
