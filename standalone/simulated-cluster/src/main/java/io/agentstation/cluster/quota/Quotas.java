package io.agentstation.cluster.quota;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds every ResourceQuota against the pods of its namespace: refuses the pod that would exceed it, in the API server's
 * words, and keeps {@code status.hard} and {@code status.used}. Limits cpu, memory (requests and limits) and pods; other
 * resources are shown and not counted.
 */
public final class Quotas {

    private final ObjectStore store;
    private final Executor loop;
    private final UsedAmounts used = new UsedAmounts();

    /** @param loop where the status is kept */
    public Quotas(ObjectStore store, Executor loop) {
        this.store = store;
        this.loop = loop;
    }

    /** Counts and refuses from now on. */
    public void start() {
        // Before the gate, and listening first: what is counted is never behind what is asked for.
        var unused = store.watch(ResourceKind.POD, Optional.empty(), used::follow);
        store.beforeCreate(this::check);
        store.listen(this::follow);
        store.list(ResourceKind.RESOURCE_QUOTA, Optional.empty())
                .forEach(quota -> loop.execute(() -> count(quota.namespace())));
    }

    /** Called under the store's lock, so that no two pods take the last place. */
    private void check(ClusterObject object) {
        if (object.kind().equals(ResourceKind.POD)) {
            of(object.namespace()).forEach(quota -> check(object, quota));
        }
    }

    private void check(ClusterObject pod, ClusterObject quota) {
        SortedMap<String, BigDecimal> hard = Amounts.read(quota.spec().path("hard"));
        String unsaid = hard.keySet().stream()
                .filter(PodUsage::isKnown)
                .map(resource -> PodUsage.unsaid(pod, resource))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        if (!unsaid.isEmpty()) {
            throw forbidden(pod, "failed quota: " + quota.name() + ": must specify " + unsaid);
        }
        Map<String, BigDecimal> asked = amounts(hard, resource -> PodUsage.of(pod, resource));
        Map<String, BigDecimal> used = used(quota.namespace(), hard);
        List<String> exceeded = asked.keySet().stream()
                .filter(resource -> used.getOrDefault(resource, BigDecimal.ZERO)
                                .add(asked.getOrDefault(resource, BigDecimal.ZERO))
                                .compareTo(hard.getOrDefault(resource, BigDecimal.ZERO))
                        > 0)
                .toList();
        if (!exceeded.isEmpty()) {
            throw forbidden(
                    pod,
                    "exceeded quota: " + quota.name() + ", requested: " + Amounts.print(asked, exceeded) + ", used: "
                            + Amounts.print(used, exceeded) + ", limited: " + Amounts.print(hard, exceeded));
        }
    }

    private void follow(Change change) {
        ClusterObject object = change.object();
        boolean quotaChanged = object.kind().equals(ResourceKind.RESOURCE_QUOTA)
                && change.type() != Change.Type.DELETED
                && (change.before() == null || !change.before().spec().equals(object.spec()));
        if (quotaChanged || (object.kind().equals(ResourceKind.POD) && changesCount(change))) {
            loop.execute(() -> count(object.namespace()));
        }
    }

    private static boolean changesCount(Change change) {
        ClusterObject before = change.before();
        return change.type() != Change.Type.MODIFIED
                || before == null
                || PodUsage.counts(before) != PodUsage.counts(change.object());
    }

    private void count(String namespace) {
        of(namespace).forEach(quota -> {
            SortedMap<String, BigDecimal> hard = Amounts.read(quota.spec().path("hard"));
            Map<String, BigDecimal> used = used(namespace, hard);
            store.amend(quota, json -> {
                ObjectNode status = json.putObject("status");
                status.set("hard", json.path("spec").path("hard").deepCopy());
                ObjectNode amounts = status.putObject("used");
                used.forEach((resource, amount) -> amounts.put(resource, Amounts.print(resource, amount)));
                return json;
            });
        });
    }

    private List<ClusterObject> of(String namespace) {
        return store.list(ResourceKind.RESOURCE_QUOTA, Optional.of(namespace));
    }

    private Map<String, BigDecimal> used(String namespace, SortedMap<String, BigDecimal> hard) {
        return amounts(hard, resource -> used.of(namespace, resource));
    }

    private static Map<String, BigDecimal> amounts(
            SortedMap<String, BigDecimal> hard, Function<String, BigDecimal> amount) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        hard.keySet().stream()
                .filter(PodUsage::isKnown)
                .forEach(resource -> amounts.put(resource, amount.apply(resource)));
        return amounts;
    }

    private static ApiFailure forbidden(ClusterObject pod, String why) {
        return ApiFailure.about(pod.key(), 403, "Forbidden", "pods \"" + pod.name() + "\" is forbidden: " + why);
    }
}
