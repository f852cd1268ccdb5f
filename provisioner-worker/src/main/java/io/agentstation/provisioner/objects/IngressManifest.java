package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;

/** The Ingress: {@code https://<name>.<domain>}, with a certificate that cert-manager makes. */
final class IngressManifest {

    private static final String CLUSTER_ISSUER = "cert-manager.io/cluster-issuer";

    private IngressManifest() {}

    static Ingress of(ObjectMeta meta, DesiredAgent agent, ManifestSettings settings) {
        String host = agent.spec().name() + "." + settings.domain();
        return new IngressBuilder()
                .withMetadata(annotated(meta, settings))
                .withNewSpec()
                .withIngressClassName(settings.ingressClass())
                .addNewTl()
                .withHosts(host)
                .withSecretName(ObjectNames.tlsSecret(agent.spec().name()))
                .endTl()
                .addNewRule()
                .withHost(host)
                .withNewHttp()
                .withPaths(everything(agent))
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    private static ObjectMeta annotated(ObjectMeta meta, ManifestSettings settings) {
        return settings.clusterIssuer() == null
                ? meta
                : new ObjectMetaBuilder(meta)
                        .addToAnnotations(CLUSTER_ISSUER, settings.clusterIssuer())
                        .build();
    }

    private static HTTPIngressPath everything(DesiredAgent agent) {
        return new HTTPIngressPathBuilder()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(ObjectNames.service(agent))
                .withNewPort()
                .withName(ServiceManifest.PORT_NAME)
                .endPort()
                .endService()
                .endBackend()
                .build();
    }
}
