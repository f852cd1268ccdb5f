package io.agentstation.cluster.events;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When each event happened last, so that the old ones are found without reading all: objects are kept as compressed text, and a
 * thousand agents have many thousands of events. What others write, and what was there before a restart, is listed once within the
 * time that events are kept. Not thread-safe.
 */
final class EventAges {

    private final ObjectStore store;
    private final Duration kept;
    private final Map<ObjectKey, Instant> last = new HashMap<>();
    private Instant nextListing = Instant.MIN;

    EventAges(ObjectStore store, Duration kept) {
        this.store = store;
        this.kept = kept;
    }

    /** The event has happened, once more or for the first time. */
    void heard(ObjectKey event, Instant when) {
        last.put(event, when);
    }

    /** The events that have not happened for as long as they are kept. */
    List<ClusterObject> old(Instant now) {
        if (!now.isBefore(nextListing)) {
            nextListing = now.plus(kept);
            store.list(ResourceKind.EVENT, Optional.empty())
                    .forEach(event -> last.put(event.key(), lastOf(event, now)));
        }
        last.keySet().removeIf(event -> store.get(event).isEmpty());
        // Events carry whole seconds.
        Instant oldest = now.minus(kept).truncatedTo(ChronoUnit.SECONDS);
        return last.entrySet().stream()
                .filter(event -> event.getValue().isBefore(oldest))
                .flatMap(event -> store.get(event.getKey()).stream())
                .filter(event -> lastOf(event, now).isBefore(oldest))
                .toList();
    }

    /** By what it says itself; one that does not say it, or not as a time, is as good as new. */
    private static Instant lastOf(ClusterObject event, Instant now) {
        try {
            return Instant.parse(event.json().path(EventBody.LAST).asString(""));
        } catch (DateTimeParseException e) {
            return now;
        }
    }
}
