package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An event's columns. */
final class EventColumns {

    static final List<Column> ALL = List.of(
            Column.timed("Last Seen", EventColumns::lastSeen),
            Column.text("Type", event -> event.json().path("type").asString("")),
            Column.text("Reason", event -> event.json().path("reason").asString("")),
            Column.text("Object", EventColumns::about),
            Column.text(
                            "Subobject",
                            event -> event.json()
                                    .path("involvedObject")
                                    .path("fieldPath")
                                    .asString(""))
                    .wide(),
            Column.text(
                            "Source",
                            event -> event.json()
                                    .path("source")
                                    .path("component")
                                    .asString(""))
                    .wide(),
            Column.text(
                    "Message",
                    event -> event.json().path("message").asString("").strip()),
            Column.timed("First Seen", (event, now) -> Ages.since(event.json().path("firstTimestamp"), now))
                    .wide(),
            Column.number("Count", EventColumns::count).wide(),
            Column.text("Name", ClusterObject::name).wide());

    private EventColumns() {}

    private static String lastSeen(ClusterObject event, Instant now) {
        String last = Ages.since(event.json().path("lastTimestamp"), now);
        return count(event) > 1
                ? last + " (x" + count(event) + " over "
                        + Ages.since(event.json().path("firstTimestamp"), now) + ")"
                : last;
    }

    private static int count(ClusterObject event) {
        return event.json().path("count").asInt(1);
    }

    private static String about(ClusterObject event) {
        var involved = event.json().path("involvedObject");
        return involved.path("kind").asString("").toLowerCase(Locale.ROOT) + "/"
                + involved.path("name").asString("");
    }
}
