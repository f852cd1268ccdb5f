package io.agentstation.cluster.quota;

import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/**
 * The quota that an administrator gives a namespace as soon as there is one. It is the same ResourceQuota at each start:
 * what somebody changed meanwhile is put right.
 *
 * @param namespace whose pods it limits
 * @param hard      Kubernetes quantities by resource, such as {@code cpu: "40"}
 */
public record NamespaceQuota(String namespace, Map<String, String> hard) {

    public NamespaceQuota {
        hard = Map.copyOf(hard);
        hard.forEach((resource, quantity) -> {
            if (!PodUsage.isKnown(resource)) {
                throw new IllegalArgumentException("the simulated cluster cannot limit " + resource);
            }
            var unused = new Quantity(quantity).getNumericalAmount();
        });
    }

    /** Makes it now, or when the namespace is made. */
    public void start(ObjectStore store, Executor loop) {
        store.listen(change -> {
            if (change.type() == Change.Type.ADDED && isNamespace(change.object())) {
                loop.execute(() -> ensure(store));
            }
        });
        loop.execute(() -> ensure(store));
    }

    private boolean isNamespace(ClusterObject object) {
        return object.kind().equals(ResourceKind.NAMESPACE) && object.name().equals(namespace);
    }

    private void ensure(ObjectStore store) {
        boolean wanted = store.get(new ObjectKey(ResourceKind.NAMESPACE, "", namespace))
                .filter(found -> !found.isDeleting())
                .isPresent();
        ObjectKey key = new ObjectKey(ResourceKind.RESOURCE_QUOTA, namespace, namespace + "-quota");
        if (wanted && store.get(key).isEmpty()) {
            var unused = store.create(
                    new ClusterObject(ResourceKind.RESOURCE_QUOTA, withHard(ClusterObject.blank(key))), false);
        } else if (wanted) {
            var unused = store.update(key, this::withHard, false);
        }
    }

    private ObjectNode withHard(ObjectNode quota) {
        ObjectNode amounts = quota.withObjectProperty("spec").putObject("hard");
        hard.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> amounts.put(entry.getKey(), entry.getValue()));
        return quota;
    }
}
