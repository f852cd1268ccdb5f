package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;

/** The Deployment, whose pods meet the "restricted" Pod Security Standard and hold no cluster credential. */
final class DeploymentManifest {

    static final String TOKEN_VOLUME = "station-token";

    // Enough to roll back by hand once; Kubernetes' default of 10 keeps ten ReplicaSets of every agent.
    private static final int REVISIONS = 2;

    private DeploymentManifest() {}

    static Deployment of(ObjectMeta meta, DesiredAgent agent, ManifestSettings settings) {
        return new DeploymentBuilder()
                .withMetadata(new ObjectMetaBuilder(meta)
                        .addToAnnotations(
                                Annotations.REPLICAS,
                                Integer.toString(agent.spec().replicas()))
                        .build())
                .withNewSpec()
                .withReplicas(agent.spec().replicas())
                .withRevisionHistoryLimit(REVISIONS)
                .withNewSelector()
                .withMatchLabels(Map.of(Labels.AGENT, agent.agentId().toString()))
                .endSelector()
                .withTemplate(template(agent, settings))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(DesiredAgent agent, ManifestSettings settings) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.of(agent, settings.stationId()))
                .withAnnotations(Annotations.ofPods(agent))
                .endMetadata()
                .withSpec(pod(agent, settings))
                .build();
    }

    private static PodSpec pod(DesiredAgent agent, ManifestSettings settings) {
        return new PodSpecBuilder()
                .withServiceAccountName(ObjectNames.serviceAccount(agent))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                // A sidecar measures what the agent's processes use.
                .withShareProcessNamespace(SidecarManifest.isWanted(agent) ? true : null)
                .withContainers(containers(agent, settings))
                .withVolumes(tokenVolume(agent))
                .build();
    }

    private static List<Container> containers(DesiredAgent agent, ManifestSettings settings) {
        Container own = ContainerManifest.of(agent, settings);
        return SidecarManifest.isWanted(agent) ? List.of(own, SidecarManifest.of(agent, settings)) : List.of(own);
    }

    private static Volume tokenVolume(DesiredAgent agent) {
        return new VolumeBuilder()
                .withName(TOKEN_VOLUME)
                .withNewSecret()
                .withSecretName(ObjectNames.secret(agent))
                .addNewItem()
                .withKey(SecretManifest.TOKEN)
                .withPath(ContainerManifest.TOKEN_FILE)
                .endItem()
                .endSecret()
                .build();
    }
}
