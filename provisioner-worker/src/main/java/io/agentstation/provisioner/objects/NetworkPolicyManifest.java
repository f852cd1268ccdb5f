package io.agentstation.provisioner.objects;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.Map;

/**
 * The NetworkPolicy: only the agent's port can be reached, and the agent reaches everything but the cloud's metadata
 * service, which would hand it the node's credentials.
 */
final class NetworkPolicyManifest {

    // The one address of all large clouds, and its IPv6 twin at AWS. Not the whole link-local range: node-local DNS is
    // in it.
    private static final String METADATA = "169.254.169.254/32";
    private static final String METADATA_V6 = "fd00:ec2::254/128";

    private NetworkPolicyManifest() {}

    static NetworkPolicy of(ObjectMeta meta, DesiredAgent agent) {
        return new NetworkPolicyBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of(Labels.AGENT, agent.agentId().toString()))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(agent.spec().port()))
                .endPort()
                .endIngress()
                .addNewEgress()
                .withTo(anywhereElse())
                .endEgress()
                .endSpec()
                .build();
    }

    // Pods are named beside the addresses: some network plug-ins do not count them among the addresses.
    private static List<NetworkPolicyPeer> anywhereElse() {
        return List.of(
                new NetworkPolicyPeerBuilder()
                        .withNamespaceSelector(new LabelSelector())
                        .build(),
                allBut("0.0.0.0/0", METADATA),
                allBut("::/0", METADATA_V6));
    }

    private static NetworkPolicyPeer allBut(String all, String except) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(all)
                .withExcept(except)
                .endIpBlock()
                .build();
    }
}
