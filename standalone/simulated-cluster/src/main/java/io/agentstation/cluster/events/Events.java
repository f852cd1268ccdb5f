package io.agentstation.cluster.events;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.Deletion;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events about objects: the same one again only counts up. Kept for an hour, as the API server keeps them, then
 * deleted. Thread-safe; must not be called under the store's lock.
 */
public final class Events {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final Clock clock;
    private final Map<String, ObjectKey> known = new HashMap<>();
    private final EventAges ages;
    private Instant nextCleaning = Instant.MIN;
    private long lastSuffix;

    public Events(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.ages = new EventAges(store, KEPT);
    }

    /** The events that one component writes, such as {@code kubelet}. */
    public Source from(String component) {
        return new Source(this, component);
    }

    synchronized void record(ClusterObject about, Said said) {
        Instant now = clock.instant();
        forgetOld(now);
        String identity = about.uid() + "\n" + said.component() + "\n" + said.reason() + "\n" + said.message();
        ObjectKey key = known.get(identity);
        if (key != null && store.get(key).isPresent()) {
            again(key, now);
        } else if (mayWrite(about)) {
            ObjectNode event = EventBody.of(about, said, now, nextSuffix(now));
            ObjectKey created = store.create(new ClusterObject(ResourceKind.EVENT, event), false)
                    .key();
            known.put(identity, created);
            ages.heard(created, now);
        }
    }

    /** Rising, so that events of the same second are listed in their order; by the time, so that it rises over restarts. */
    private String nextSuffix(Instant now) {
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        lastSuffix = Math.max(lastSuffix + 1, nanos);
        return Long.toHexString(lastSuffix);
    }

    private void again(ObjectKey key, Instant now) {
        try {
            store.update(
                    key,
                    json -> json.put("count", json.path("count").asInt(1) + 1)
                            .put(
                                    EventBody.LAST,
                                    now.truncatedTo(ChronoUnit.SECONDS).toString()),
                    false);
            ages.heard(key, now);
        } catch (ApiFailure e) {
            // Somebody has deleted it between the look and the update: then it need not count.
            known.values().remove(key);
        }
    }

    /** A namespace that is gone, or about to go, takes no new objects. */
    private boolean mayWrite(ClusterObject about) {
        return store.get(new ObjectKey(ResourceKind.NAMESPACE, "", EventBody.namespace(about)))
                .filter(namespace -> !namespace.isDeleting())
                .isPresent();
    }

    private void forgetOld(Instant now) {
        if (now.isBefore(nextCleaning)) {
            return;
        }
        nextCleaning = now.plus(BETWEEN_CLEANINGS);
        ages.old(now).forEach(this::remove);
        known.values().removeIf(key -> store.get(key).isEmpty());
    }

    private void remove(ClusterObject event) {
        try {
            store.delete(event.key(), Deletion.of(event));
        } catch (ApiFailure e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
    }

    /**
     * What is said of an object.
     *
     * @param field of the object, such as one of a pod's containers; may be empty
     */
    record Said(String component, String field, boolean isWarning, String reason, String message) {}

    /** The events of one component. */
    public record Source(Events events, String component) {

        /** All is well. */
        public void normal(ClusterObject about, String reason, String message) {
            events.record(about, new Said(component, "", false, reason, message));
        }

        /** Something is wrong. */
        public void warning(ClusterObject about, String reason, String message) {
            events.record(about, new Said(component, "", true, reason, message));
        }

        /** All is well with a container of the pod. */
        public void normal(ClusterObject pod, String container, String reason, String message) {
            events.record(pod, new Said(component, field(container), false, reason, message));
        }

        /** Something is wrong with a container of the pod. */
        public void warning(ClusterObject pod, String container, String reason, String message) {
            events.record(pod, new Said(component, field(container), true, reason, message));
        }

        private static String field(String container) {
            return "spec.containers{" + container + "}";
        }
    }
}
