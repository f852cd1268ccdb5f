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
    private static final String DNS_HOST = "external-dns.alpha.kubernetes.io/hostname";
    private static final String DNS_TARGET = "external-dns.alpha.kubernetes.io/target";

    private IngressManifest() {}

    static Ingress of(ObjectMeta meta, DesiredAgent agent, ManifestSettings settings) {
        String host = agent.spec().name() + "." + settings.domain();
        return new IngressBuilder()
                .withMetadata(annotated(meta, host, settings))
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

    private static ObjectMeta annotated(ObjectMeta meta, String host, ManifestSettings settings) {
        ObjectMetaBuilder annotated = new ObjectMetaBuilder(meta);
        if (settings.clusterIssuer() != null) {
            annotated.addToAnnotations(CLUSTER_ISSUER, settings.clusterIssuer());
        }
        if (settings.externalDns() != null) {
            annotated.addToAnnotations(DNS_HOST, host).addToAnnotations(DNS_TARGET, settings.externalDns());
        }
        return annotated.build();
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
