package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Informers on everything of this station; they list again and go on after any failure, a late start included. Deployments,
 * pods and certificates are kept for whoever asks; of the rest only the changes matter.
 */
public final class ClusterWatch implements ClusterView, AutoCloseable {

    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<GenericKubernetesResource> certificates;
    private final List<SharedIndexInformer<? extends HasMetadata>> others;

    /** On a namespace; nothing is watched until {@link #start}. */
    public ClusterWatch(KubernetesClient client, String namespace, String stationId) {
        AgentInformers informers = new AgentInformers(client, namespace, stationId);
        this.deployments = informers.of(Deployment.class, LeanItems.ofDeployments());
        this.pods = informers.of(Pod.class, LeanItems.ofPods());
        this.certificates = informers.ofCertificates();
        this.others = List.of(
                informers.changesOf(ConfigMap.class, LeanItems.without(object -> object.setData(null))),
                informers.changesOf(Secret.class, LeanItems.without(object -> object.setData(null))),
                informers.changesOf(ServiceAccount.class, LeanItems.without(object -> {})),
                informers.changesOf(NetworkPolicy.class, LeanItems.without(object -> object.setSpec(null))),
                informers.changesOf(Service.class, LeanItems.without(object -> object.setSpec(null))),
                informers.changesOf(Ingress.class, LeanItems.without(object -> object.setSpec(null))));
    }

    /** Starts to watch and returns at once. */
    public void start(Listener listener) {
        deployments.addEventHandler(new AgentChanges<Deployment>(listener, AgentChanges.Kind.DEPLOYMENT));
        pods.addEventHandler(new AgentChanges<Pod>(listener, AgentChanges.Kind.POD));
        certificates.addEventHandler(new AgentChanges<GenericKubernetesResource>(listener, AgentChanges.Kind.SHOWN));
        others.forEach(informer -> repair(informer, listener));
        // No start fails: what goes wrong is logged, and tried again.
        all().forEach(informer -> {
            var unused = informer.start();
        });
    }

    @Override
    public boolean isComplete() {
        return deployments.hasSynced() && pods.hasSynced();
    }

    @Override
    public Optional<Deployment> deployment(AgentId agent) {
        return AgentInformers.of(deployments, agent).stream().findFirst();
    }

    @Override
    public List<Pod> pods(AgentId agent) {
        return AgentInformers.of(pods, agent);
    }

    @Override
    public List<GenericKubernetesResource> certificates(AgentId agent) {
        return AgentInformers.of(certificates, agent);
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::stop);
    }

    private static <T extends HasMetadata> void repair(SharedIndexInformer<T> informer, Listener listener) {
        informer.addEventHandler(new AgentChanges<T>(listener, AgentChanges.Kind.OWNED));
    }

    private Stream<SharedIndexInformer<? extends HasMetadata>> all() {
        return Stream.concat(Stream.of(deployments, pods, certificates), others.stream());
    }
}
