package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A pod's status as the kubelet reports it. */
final class PodStatus {

    private static final String HOST = "127.0.0.1";

    private PodStatus() {}

    static ObjectNode of(ClusterObject pod, List<ContainerRun> containers, String phase, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        boolean ready = !containers.isEmpty() && containers.stream().allMatch(ContainerRun::isReady);
        ObjectNode status = Json.object();
        status.put("phase", phase);
        status.put("hostIP", HOST);
        if (!phase.equals("Pending")) {
            status.put("podIP", ip(pod.uid()));
            status.putArray("podIPs").addObject().put("ip", ip(pod.uid()));
        }
        status.put("startTime", pod.status().path("startTime").asString(time));
        status.put("qosClass", "Burstable");
        ArrayNode conditions = status.putArray("conditions");
        String unready = "containers with unready status: "
                + containers.stream()
                        .filter(run -> !run.isReady())
                        .map(ContainerRun::name)
                        .toList();
        conditions.add(condition(pod, "PodScheduled", true, "", time));
        conditions.add(condition(pod, "Initialized", true, "", time));
        conditions.add(condition(pod, "ContainersReady", ready, unready, time));
        conditions.add(condition(pod, "Ready", ready, unready, time));
        containers.forEach(run -> status.withArrayProperty("containerStatuses").add(run.status()));
        return status;
    }

    private static ObjectNode condition(ClusterObject pod, String type, boolean isTrue, String why, String time) {
        String state = isTrue ? "True" : "False";
        JsonNode last = pod.status()
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals(type)
                        && condition.path("status").asString("").equals(state))
                .findFirst()
                .orElseGet(Json::object);
        ObjectNode condition = Json.object()
                .put("type", type)
                .put("status", state)
                .put("lastTransitionTime", last.path("lastTransitionTime").asString(time));
        if (!isTrue) {
            condition.put("reason", "ContainersNotReady").put("message", why);
        }
        return condition;
    }

    /** An address that is the pod's for its life, also after a restart of the cluster. Nothing answers there. */
    private static String ip(String uid) {
        int hash = uid.hashCode();
        return "10.244." + (hash >>> 8 & 0xff) + "." + (hash & 0xff);
    }
}
