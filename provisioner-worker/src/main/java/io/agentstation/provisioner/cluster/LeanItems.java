package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.Consumer;

/** An informer's objects without what nobody here reads of them: for a thousand agents that is tens of MiB. */
final class LeanItems<T extends HasMetadata> extends BasicItemStore<T> {

    private final Consumer<T> unread;

    private LeanItems(Consumer<T> unread) {
        super(Cache::metaNamespaceKeyFunc);
        this.unread = unread;
    }

    /** What is read of a Deployment is its status, and how many pods it wants. */
    static LeanItems<Deployment> ofDeployments() {
        return new LeanItems<>(deployment -> {
            if (deployment.getSpec() != null) {
                deployment.getSpec().setTemplate(null);
            }
        });
    }

    /** What is read of a pod is its status, and where it runs. */
    static LeanItems<Pod> ofPods() {
        return new LeanItems<>(pod -> {
            if (pod.getSpec() != null) {
                pod.setSpec(new PodSpecBuilder()
                        .withNodeName(pod.getSpec().getNodeName())
                        .build());
            }
        });
    }

    /** Of what is only watched for changes nothing is read that this takes away. */
    static <T extends HasMetadata> LeanItems<T> without(Consumer<T> unread) {
        return new LeanItems<>(unread);
    }

    @Override
    public T put(String key, T object) {
        object.setMetadata(LeanMetadata.of(object));
        unread.accept(object);
        return super.put(key, object);
    }
}
