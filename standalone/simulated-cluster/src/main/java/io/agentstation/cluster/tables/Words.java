package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What several tables print alike. */
final class Words {

    static final String NONE = "<none>";

    private Words() {}

    /** As {@code a=1,b=2}. */
    static String labels(JsonNode labels) {
        return orNone(ClusterObject.strings(labels).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",")));
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    static List<Column> joined(List<Column> first, List<Column> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
