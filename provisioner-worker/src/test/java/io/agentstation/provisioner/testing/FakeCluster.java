package io.agentstation.provisioner.testing;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.provisioner.cluster.Cluster;
import io.agentstation.provisioner.cluster.ClusterFailure;
import io.agentstation.provisioner.cluster.ClusterView;
import io.agentstation.provisioner.objects.AgentObjects;
import io.agentstation.provisioner.objects.Labels;
import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A cluster in memory: what was applied for each agent, and failures on demand. */
public final class FakeCluster implements Cluster, ClusterView {

    public final Map<AgentId, List<HasMetadata>> objects = new HashMap<>();
    public final List<String> staying = new ArrayList<>();
    public @Nullable ClusterFailure failure;
    public @Nullable RuntimeException defect;
    public Runnable afterApply = () -> {};
    public boolean complete = true;
    public int applies;
    public List<Pod> pods = List.of();

    @Override
    public void apply(AgentObjects manifests) {
        failIfTold();
        applies++;
        List<HasMetadata> all = new ArrayList<>(List.of(manifests.anchor()));
        all.addAll(manifests.owned("uid"));
        objects.put(Labels.agentOf(all.get(0)).orElseThrow(), all);
        Runnable then = afterApply;
        afterApply = () -> {};
        then.run();
    }

    @Override
    public List<String> remove(DesiredAgent agent, BooleanSupplier ownsName) {
        failIfTold();
        if (staying.isEmpty()) {
            objects.remove(agent.agentId());
        }
        return List.copyOf(staying);
    }

    private void failIfTold() {
        if (failure != null) {
            throw failure;
        }
        if (defect != null) {
            throw defect;
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Optional<Deployment> deployment(AgentId agent) {
        return objects.getOrDefault(agent, List.of()).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst();
    }

    @Override
    public List<GenericKubernetesResource> certificates(AgentId agent) {
        return List.of();
    }

    @Override
    public List<Pod> pods(AgentId agent) {
        return pods;
    }
}
