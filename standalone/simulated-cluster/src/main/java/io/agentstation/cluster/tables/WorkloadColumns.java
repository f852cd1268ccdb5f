package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of Deployments and ReplicaSets. */
final class WorkloadColumns {

    private static final List<Column> TEMPLATE = List.of(
            Column.text("Containers", workload -> ofContainers(workload, "name"))
                    .wide(),
            Column.text("Images", workload -> ofContainers(workload, "image")).wide(),
            Column.text(
                            "Selector",
                            workload -> Words.labels(
                                    workload.spec().path("selector").path("matchLabels")))
                    .wide());

    static final List<Column> DEPLOYMENT = Words.joined(
            List.of(
                    Column.NAME,
                    Column.text("Ready", set -> count(set, "readyReplicas") + "/" + desired(set)),
                    Column.number("Up-to-date", set -> count(set, "updatedReplicas")),
                    Column.number("Available", set -> count(set, "availableReplicas")),
                    Column.AGE),
            TEMPLATE);

    static final List<Column> REPLICA_SET = Words.joined(
            List.of(
                    Column.NAME,
                    Column.number("Desired", WorkloadColumns::desired),
                    Column.number("Current", set -> count(set, "replicas")),
                    Column.number("Ready", set -> count(set, "readyReplicas")),
                    Column.AGE),
            TEMPLATE);

    private WorkloadColumns() {}

    private static int desired(ClusterObject workload) {
        return workload.spec().path("replicas").asInt(1);
    }

    private static int count(ClusterObject workload, String field) {
        return workload.status().path(field).asInt(0);
    }

    private static String ofContainers(ClusterObject workload, String field) {
        return workload.spec()
                .path("template")
                .path("spec")
                .path("containers")
                .valueStream()
                .map(container -> container.path(field).asString(""))
                .collect(Collectors.joining(","));
    }
}
