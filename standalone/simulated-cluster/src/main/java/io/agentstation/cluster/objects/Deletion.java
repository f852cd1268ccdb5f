package io.agentstation.cluster.objects;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How to delete.
 *
 * @param uid             precondition, when given
 * @param resourceVersion precondition, when given
 * @param graceSeconds    for a pod; its own when empty, 0 for none at all
 */
public record Deletion(
        Optional<String> uid,
        Optional<String> resourceVersion,
        Propagation propagation,
        Optional<Integer> graceSeconds,
        boolean dryRun) {

    /** What becomes of the dependents. */
    public enum Propagation {
        /** Deleted after the owner. */
        BACKGROUND,
        /** Deleted before the owner. */
        FOREGROUND,
        /** Kept, without the reference to the owner. */
        ORPHAN;

        /** By the name in the API; background when there is none or another. */
        static Propagation named(@Nullable String name) {
            return "Foreground".equals(name) ? FOREGROUND : "Orphan".equals(name) ? ORPHAN : BACKGROUND;
        }
    }

    /** The usual deletion. */
    public static final Deletion BACKGROUND =
            new Deletion(Optional.empty(), Optional.empty(), Propagation.BACKGROUND, Optional.empty(), false);

    /** The usual deletion of exactly this object. */
    public static Deletion of(ClusterObject object) {
        return new Deletion(
                Optional.of(object.uid()), Optional.empty(), Propagation.BACKGROUND, Optional.empty(), false);
    }

    /** From a {@code DeleteOptions} body, with what the query says in its place. */
    public static Deletion of(JsonNode options, Optional<String> propagation, Optional<String> grace, boolean dryRun) {
        JsonNode preconditions = options.path("preconditions");
        Optional<Integer> bodyGrace = options.optional("gracePeriodSeconds").map(seconds -> seconds.asInt(0));
        return new Deletion(
                preconditions.path("uid").stringValueOpt(),
                preconditions.path("resourceVersion").stringValueOpt(),
                Propagation.named(options.path("propagationPolicy")
                        .stringValueOpt()
                        .or(() -> propagation)
                        .orElse(null)),
                bodyGrace.or(() -> grace.map(Deletion::seconds)),
                dryRun || !options.path("dryRun").isEmpty());
    }

    /** Whether a pod gets no time to end. */
    boolean immediately() {
        return graceSeconds.filter(seconds -> seconds == 0).isPresent();
    }

    private static int seconds(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw ApiFailure.badRequest("gracePeriodSeconds must be a number of at least 0: " + text, null);
        }
        return Integer.parseInt(text);
    }

    Deletion with(Propagation other) {
        return new Deletion(uid, resourceVersion, other, graceSeconds, dryRun);
    }

    void check(ClusterObject live) {
        uid.filter(wanted -> !wanted.equals(live.uid())).ifPresent(wanted -> {
            throw ApiFailure.conflict(
                    live.key(),
                    "Precondition failed: UID in precondition: " + wanted + ", UID in object meta: " + live.uid());
        });
        resourceVersion
                .filter(wanted -> !wanted.equals(Long.toString(live.resourceVersion())))
                .ifPresent(wanted -> {
                    throw ApiFailure.conflict(
                            live.key(),
                            "Precondition failed: ResourceVersion in precondition: " + wanted
                                    + ", ResourceVersion in object meta: " + live.resourceVersion());
                });
    }
}
