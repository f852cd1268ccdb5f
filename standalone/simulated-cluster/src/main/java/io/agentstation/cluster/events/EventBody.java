package io.agentstation.cluster.events;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** An event as an object of the API ({@code v1 Event}). */
final class EventBody {

    static final String LAST = "lastTimestamp";

    private static final int LONGEST_NAME = 200;

    private EventBody() {}

    static ObjectNode of(ClusterObject about, Events.Said said, Instant now, String suffix) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode event =
                ClusterObject.blank(new ObjectKey(ResourceKind.EVENT, namespace(about), name(about) + "." + suffix));
        event.set("involvedObject", involved(about, said.field()));
        event.put("type", said.isWarning() ? "Warning" : "Normal")
                .put("reason", said.reason())
                .put("message", said.message())
                .put("count", 1)
                .put("firstTimestamp", time)
                .put(LAST, time)
                .put("reportingComponent", said.component())
                .put("reportingInstance", "");
        event.putNull("eventTime");
        event.putObject("source").put("component", said.component());
        return event;
    }

    /** Events about objects outside namespaces live in {@code default}. */
    static String namespace(ClusterObject about) {
        return about.namespace().isEmpty() ? "default" : about.namespace();
    }

    private static ObjectNode involved(ClusterObject about, String field) {
        ObjectNode involved = Json.object()
                .put("apiVersion", about.kind().apiVersion())
                .put("kind", about.kind().kind())
                .put("name", about.name())
                .put("uid", about.uid())
                .put("resourceVersion", Long.toString(about.resourceVersion()));
        if (!about.namespace().isEmpty()) {
            involved.put("namespace", about.namespace());
        }
        if (!field.isEmpty()) {
            involved.put("fieldPath", field);
        }
        return involved;
    }

    private static String name(ClusterObject about) {
        String name = about.name();
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
