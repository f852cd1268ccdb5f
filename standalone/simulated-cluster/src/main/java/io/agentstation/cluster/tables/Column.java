package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/**
 * One column of a kind's table.
 *
 * @param type   string or integer
 * @param isWide shown by {@code kubectl get -o wide} only
 */
record Column(String name, String type, boolean isWide, BiFunction<ClusterObject, Instant, JsonNode> cell) {

    static final Column NAME = text("Name", ClusterObject::name);

    static final Column AGE = timed(
            "Age", (object, now) -> Ages.since(object.json().path("metadata").path("creationTimestamp"), now));

    static Column text(String name, Function<ClusterObject, String> cell) {
        return timed(name, (object, now) -> cell.apply(object));
    }

    static Column timed(String name, BiFunction<ClusterObject, Instant, String> cell) {
        return new Column(name, "string", false, (object, now) -> StringNode.valueOf(cell.apply(object, now)));
    }

    static Column number(String name, Function<ClusterObject, Integer> cell) {
        return new Column(name, "integer", false, (object, now) -> IntNode.valueOf(cell.apply(object)));
    }

    Column wide() {
        return new Column(name, type, true, cell);
    }
}
