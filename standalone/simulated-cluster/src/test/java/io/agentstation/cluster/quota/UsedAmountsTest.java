package io.agentstation.cluster.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ResourceKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UsedAmountsTest {

    private static final List<String> NAMESPACES = List.of("agents", "others");
    private static final List<String> CPU = List.of("100m", "250m", "1", "2");
    private static final List<String> PHASES = List.of("Pending", "Running", "Succeeded", "Failed");

    private final UsedAmounts used = new UsedAmounts();

    /** Whatever comes in whatever order, it is the sum over the pods that are there. */
    @RepeatedTest(50)
    void amountsAreTheSumOverThePodsThatAreThere() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, ClusterObject> pods = new TreeMap<>();

        for (int step = 0; step < 200; step++) {
            used.follow(change(random, pods));
        }

        for (String namespace : NAMESPACES) {
            for (String resource : List.of("cpu", "requests.cpu", "limits.memory", "pods")) {
                assertThat(used.of(namespace, resource))
                        .as("seed %s: %s of %s", seed, resource, namespace)
                        .isEqualByComparingTo(sum(pods, namespace, resource));
            }
        }
    }

    @Test
    void theSameChangeAgainChangesNothing() {
        ClusterObject pod = pod("a", "agents", "1", "Running");

        used.follow(new Change(Change.Type.ADDED, pod, null));
        used.follow(new Change(Change.Type.ADDED, pod, null));

        assertThat(used.of("agents", "pods")).isEqualByComparingTo("1");
        assertThat(used.of("agents", "cpu")).isEqualByComparingTo("1");
    }

    private static Change change(Random random, Map<String, ClusterObject> pods) {
        String name = "pod-" + random.nextInt(20);
        ClusterObject before = pods.get(name);
        if (before != null && random.nextInt(3) == 0) {
            pods.remove(name);
            return new Change(Change.Type.DELETED, before, before);
        }
        ClusterObject now = pod(
                name,
                before == null ? NAMESPACES.get(random.nextInt(2)) : before.namespace(),
                CPU.get(random.nextInt(4)),
                PHASES.get(random.nextInt(4)));
        pods.put(name, now);
        return new Change(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, now, before);
    }

    private static BigDecimal sum(Map<String, ClusterObject> pods, String namespace, String resource) {
        return pods.values().stream()
                .filter(pod -> pod.namespace().equals(namespace) && PodUsage.counts(pod))
                .map(pod -> PodUsage.of(pod, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ClusterObject pod(String name, String namespace, String cpu, String phase) {
        ObjectNode json = ClusterObject.blank(new ObjectKey(ResourceKind.POD, namespace, name));
        json.withObjectProperty("metadata").put("uid", "uid-" + name);
        ObjectNode resources =
                json.putObject("spec").putArray("containers").addObject().putObject("resources");
        resources.putObject("requests").put("cpu", cpu);
        resources.putObject("limits").put("memory", "1Gi");
        json.putObject("status").put("phase", phase);
        return new ClusterObject(ResourceKind.POD, json);
    }
}
