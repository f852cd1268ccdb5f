package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of kinds with one or two of their own. */
final class OtherColumns {

    static final List<Column> ANY = List.of(Column.NAME, Column.AGE);

    static final List<Column> NAMESPACE = List.of(
            Column.NAME,
            Column.text("Status", namespace -> namespace.status().path("phase").asString("")),
            Column.AGE);

    static final List<Column> SECRET = List.of(
            Column.NAME,
            Column.text("Type", secret -> secret.json().path("type").asString("")),
            Column.number("Data", OtherColumns::data),
            Column.AGE);

    static final List<Column> CONFIG_MAP = List.of(Column.NAME, Column.number("Data", OtherColumns::data), Column.AGE);

    static final List<Column> RESOURCE_QUOTA = List.of(
            Column.NAME,
            Column.text("Request", quota -> used(quota, false)),
            Column.text("Limit", quota -> used(quota, true)),
            Column.AGE);

    private OtherColumns() {}

    private static int data(ClusterObject object) {
        return object.json().path("data").size();
    }

    /** As {@code cpu: 4/40, pods: 4/100}. */
    private static String used(ClusterObject quota, boolean limits) {
        return ClusterObject.strings(quota.status().path("hard")).entrySet().stream()
                .filter(hard -> hard.getKey().startsWith("limits.") == limits)
                .map(hard -> hard.getKey() + ": "
                        + quota.status().path("used").path(hard.getKey()).asString("0") + "/" + hard.getValue())
                .collect(Collectors.joining(", "));
    }
}
