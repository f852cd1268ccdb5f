package io.agentstation.cluster.workloads;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Deployment's status, with the conditions, reasons and wording of Kubernetes' deployment controller. */
final class DeploymentStatus {

    private static final String PROGRESSING = "Progressing";
    private static final String AVAILABLE = "NewReplicaSetAvailable";

    private final Clock clock;

    DeploymentStatus(Clock clock) {
        this.clock = clock;
    }

    private record Condition(String type, boolean isTrue, String reason, String message) {}

    ObjectNode of(ClusterObject deployment, ClusterObject current, List<ClusterObject> all) {
        int desired = Rollout.desired(deployment);
        int replicas = sum(all, "replicas");
        int updated = Rollout.count(current, "replicas");
        int available = sum(all, "availableReplicas");
        int wanted = all.stream().mapToInt(Rollout::desired).sum();
        ObjectNode status = Json.object().put("observedGeneration", (int) deployment.generation());
        Counts.put(status, "replicas", replicas);
        Counts.put(status, "updatedReplicas", updated);
        Counts.put(status, "readyReplicas", sum(all, "readyReplicas"));
        Counts.put(status, "availableReplicas", available);
        Counts.put(status, "unavailableReplicas", wanted - available);
        boolean complete = updated == desired && replicas == desired && available == desired;
        boolean enough = available >= desired - Rollout.maxUnavailable(deployment);
        ArrayNode conditions = status.putArray("conditions")
                .add(dated(deployment, availability(enough)))
                .add(dated(deployment, progress(deployment, current.name(), complete)));
        JsonNode failure = ReplicaSets.failure(current);
        if (!failure.isMissingNode()) {
            conditions.add(dated(
                    deployment,
                    new Condition(
                            failure.path("type").asString(""),
                            true,
                            failure.path("reason").asString(""),
                            failure.path("message").asString(""))));
        }
        return status;
    }

    /** How long the Deployment may still take before it counts as stuck; empty when it is complete or stuck already. */
    Optional<Duration> untilDeadline(ClusterObject deployment) {
        JsonNode progressing = condition(deployment, PROGRESSING);
        boolean open = progressing.path("status").asString("").equals("True")
                && !progressing.path("reason").asString("").equals(AVAILABLE);
        return open ? Optional.of(left(deployment, progressing)) : Optional.empty();
    }

    private static Condition availability(boolean enough) {
        return enough
                ? new Condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : new Condition(
                        "Available",
                        false,
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
    }

    private Condition progress(ClusterObject deployment, String replicaSet, boolean complete) {
        String name = "ReplicaSet \"" + replicaSet + "\"";
        JsonNode last = condition(deployment, PROGRESSING);
        String lastMessage = last.path("message").asString("");
        boolean sameReplicaSet = lastMessage.contains("\"" + replicaSet + "\"");
        String lastReason = last.path("reason").asString("");
        if (complete || (sameReplicaSet && lastReason.equals(AVAILABLE))) {
            return new Condition(PROGRESSING, true, AVAILABLE, name + " has successfully progressed.");
        }
        if (!sameReplicaSet) {
            return new Condition(
                    PROGRESSING, true, "NewReplicaSetCreated", "Created new replica set \"" + replicaSet + "\"");
        }
        if (lastReason.equals("ProgressDeadlineExceeded")
                || left(deployment, last).isZero()) {
            return new Condition(PROGRESSING, false, "ProgressDeadlineExceeded", name + " has timed out progressing.");
        }
        return new Condition(PROGRESSING, true, "ReplicaSetUpdated", name + " is progressing.");
    }

    private Duration left(ClusterObject deployment, JsonNode progressing) {
        Instant end = Instant.parse(progressing
                        .path("lastUpdateTime")
                        .asString(clock.instant().toString()))
                .plusSeconds(deployment.spec().path("progressDeadlineSeconds").asInt(600));
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ObjectNode dated(ClusterObject deployment, Condition condition) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        JsonNode last = condition(deployment, condition.type());
        String status = condition.isTrue() ? "True" : "False";
        boolean sameStatus = last.path("status").asString("").equals(status);
        boolean same = sameStatus
                && last.path("reason").asString("").equals(condition.reason())
                && last.path("message").asString("").equals(condition.message());
        return Json.object()
                .put("type", condition.type())
                .put("status", status)
                .put("lastUpdateTime", same ? last.path("lastUpdateTime").asString(now) : now)
                .put(
                        "lastTransitionTime",
                        sameStatus ? last.path("lastTransitionTime").asString(now) : now)
                .put("reason", condition.reason())
                .put("message", condition.message());
    }

    private static JsonNode condition(ClusterObject deployment, String type) {
        return deployment
                .status()
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals(type))
                .findFirst()
                .orElseGet(Json::object);
    }

    private static int sum(List<ClusterObject> sets, String field) {
        return sets.stream().mapToInt(set -> Rollout.count(set, field)).sum();
    }
}
