package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;

/** The Deployment, whose pods meet the "restricted" Pod Security Standard and hold no cluster credential. */
final class DeploymentManifest {

    static final String TOKEN_VOLUME = "station-token";

    // Enough to roll back by hand once; Kubernetes' default of 10 keeps ten ReplicaSets of every agent.
    private static final int REVISIONS = 2;

    private DeploymentManifest() {}

    static Deployment of(ObjectMeta meta, DesiredAgent agent, ManifestSettings settings) {
        return new DeploymentBuilder()
                .withMetadata(meta)
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
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(ContainerManifest.of(agent, settings))
                .withVolumes(tokenVolume(agent))
                .build();
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
