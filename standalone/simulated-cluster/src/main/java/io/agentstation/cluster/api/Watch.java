package io.agentstation.cluster.api;

import io.agentstation.cluster.apply.Json;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectStore;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * One watch: the changes of a kind after a version, as this client's selectors see them.
 *
 * <p>An object that begins to match is told as ADDED, one that ceases to match as DELETED.
 */
final class Watch {

    private final ObjectStore store;
    private final Target target;
    private final ApiRequest request;
    private final Representation form;
    private final Predicate<ClusterObject> wanted;

    /** @throws ApiFailure (400) when a selector cannot be parsed */
    Watch(ObjectStore store, Target target, ApiRequest request, Clock clock) {
        this.store = store;
        this.target = target;
        this.request = request;
        this.form = new Representation(request, clock);
        this.wanted = Reads.filter(request)
                .and(object ->
                        target.namespace().isEmpty() || object.namespace().equals(target.namespace()))
                .and(object -> target.isCollection() || object.name().equals(target.name()));
    }

    /**
     * Passes on every change from now on, called under the store's lock; {@link #encode} makes it a message.
     *
     * @return what ends the watch
     * @throws ApiFailure (410) when the version is no longer known
     */
    Runnable start(Consumer<Change> changes) {
        Optional<Long> after = request.parameter("resourceVersion")
                .filter(version -> !version.equals("0"))
                .map(Watch::version);
        return store.watch(target.kind(), after, changes);
    }

    /** How long the client wants to watch, in seconds; empty for ever. */
    Optional<Integer> timeoutSeconds() {
        return request.parameter("timeoutSeconds")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .filter(seconds -> seconds > 0);
    }

    /** The message for a change; empty when the client does not want it. */
    Optional<String> encode(Change change) {
        ClusterObject before = change.before();
        boolean was = before != null && wanted.test(before);
        boolean is = change.type() != Change.Type.DELETED && wanted.test(change.object());
        if (was && is) {
            return Optional.of(message("MODIFIED", form.one(change.object())));
        }
        if (is) {
            return Optional.of(message("ADDED", form.one(change.object())));
        }
        return was ? Optional.of(message("DELETED", form.one(change.object()))) : Optional.empty();
    }

    /** The message that ends a watch which cannot go on. */
    static String failure(ApiFailure failure) {
        return message("ERROR", failure.toStatus());
    }

    private static String message(String type, JsonNode object) {
        return Json.object().put("type", type).set("object", object).toString();
    }

    private static long version(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw ApiFailure.badRequest("resourceVersion: Invalid value: \"" + text + "\"", null);
        }
        return Long.parseLong(text);
    }
}
