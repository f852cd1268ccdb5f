package io.agentstation.cluster;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;

/** What the tests deploy. */
final class Manifests {

    private Manifests() {}

    static Deployment deployment(String name, String image, EnvVar... env) {
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace("agents")
                        .withLabels(labels)
                        .build())
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withContainers(new ContainerBuilder()
                        .withName("agent")
                        .withImage(image)
                        .withEnv(List.of(env))
                        // For images of a real cluster; the simulation has its own programs.
                        .withCommand("sh", "-c", "trap 'exit 0' TERM; echo one; echo two; sleep 86400 & wait")
                        .build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    static EnvVar value(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    static EnvVar fromSecret(String name, String secret, String key) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, false)
                .endValueFrom()
                .build();
    }
}
