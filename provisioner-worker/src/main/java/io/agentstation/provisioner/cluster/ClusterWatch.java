package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Informers on this station's Deployments and pods; they list again and go on after any failure, a late start included. */
public final class ClusterWatch implements ClusterView, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterWatch.class);
    private static final String BY_AGENT = "agent";

    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Pod> pods;

    /** On a namespace; nothing is watched until {@link #start}. */
    public ClusterWatch(KubernetesClient client, String namespace, String stationId) {
        this.deployments = informer(client, Deployment.class, namespace, stationId, LeanItems.ofDeployments());
        this.pods = informer(client, Pod.class, namespace, stationId, LeanItems.ofPods());
    }

    /** Starts to watch and returns at once. */
    public void start(Listener listener) {
        deployments.addEventHandler(new Changes<Deployment>(listener, true));
        pods.addEventHandler(new Changes<Pod>(listener, false));
        // Neither start fails: what goes wrong is logged below, and tried again.
        var unused = List.of(deployments.start(), pods.start());
    }

    @Override
    public boolean isComplete() {
        return deployments.hasSynced() && pods.hasSynced();
    }

    @Override
    public Optional<Deployment> deployment(AgentId agent) {
        return deployments.getIndexer().byIndex(BY_AGENT, agent.toString()).stream()
                .findFirst();
    }

    @Override
    public List<Pod> pods(AgentId agent) {
        return pods.getIndexer().byIndex(BY_AGENT, agent.toString());
    }

    @Override
    public void close() {
        deployments.stop();
        pods.stop();
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> informer(
            KubernetesClient client, Class<T> kind, String namespace, String stationId, LeanItems<T> items) {
        SharedIndexInformer<T> informer = client.resources(kind)
                .inNamespace(namespace)
                .withLabel(Labels.STATION, stationId)
                .runnableInformer(0)
                .itemStore(items);
        return informer.addIndexers(Map.of(
                        BY_AGENT,
                        object -> Labels.agentOf(object).map(AgentId::toString).stream()
                                .toList()))
                .exceptionHandler((started, failure) -> logAndRetry(kind, failure));
    }

    private static boolean logAndRetry(Class<?> kind, Throwable failure) {
        log.atWarn()
                .addKeyValue("kind", kind.getSimpleName())
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("The cluster cannot be watched, will be tried again");
        return true;
    }

    /** Turns the events of one kind into calls about agents. */
    private record Changes<T extends HasMetadata>(Listener listener, boolean isDeployment)
            implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            changed(added);
        }

        @Override
        public void onUpdate(T before, T after) {
            changed(after);
        }

        @Override
        public void onDelete(T gone, boolean lastStateUnknown) {
            changed(gone);
            if (isDeployment) {
                Labels.agentOf(gone)
                        .ifPresent(agent -> Labels.partitionOf(gone)
                                .ifPresent(partition -> listener.deploymentGone(agent, partition)));
            }
        }

        private void changed(T object) {
            Labels.agentOf(object)
                    .ifPresent(agent ->
                            Labels.partitionOf(object).ifPresent(partition -> listener.changed(agent, partition)));
        }
    }
}
