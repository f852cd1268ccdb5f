package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/** The Service: the agent's port within the cluster. */
final class ServiceManifest {

    static final String PORT_NAME = "http";

    private ServiceManifest() {}

    static Service of(ObjectMeta meta, DesiredAgent agent) {
        return new ServiceBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withSelector(Map.of(Labels.AGENT, agent.agentId().toString()))
                .addNewPort()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(agent.spec().port())
                .withTargetPort(new IntOrString(PORT_NAME))
                .endPort()
                .endSpec()
                .build();
    }
}
