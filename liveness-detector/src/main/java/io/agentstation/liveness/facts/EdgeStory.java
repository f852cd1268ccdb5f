package io.agentstation.liveness.facts;

import io.agentstation.contracts.lifecycle.Lifecycle.Edge;
import io.agentstation.liveness.facts.DueEvents.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which command led over an edge of the lifecycle, and what a reader wants to know of it. */
final class EdgeStory {

    private EdgeStory() {}

    static Cause cause(AgentFacts facts, Edge edge) {
        return switch (edge.trigger()) {
            case RESOURCES_APPLIED -> Cause.of(facts.provision);
            case HEARTBEAT_HEARD -> Cause.NONE;
            case DRAIN_REQUESTED, DELETE_REQUESTED, RESUME_REQUESTED -> Cause.of(wish(facts));
            case REMOVED_ON_REQUEST, REMOVED_BY_STATION -> removal(facts);
        };
    }

    static Map<String, Object> metadata(AgentFacts facts, Edge edge) {
        return switch (edge.trigger()) {
            case RESOURCES_APPLIED -> Map.of("kubernetes_deployment", Objects.requireNonNull(facts.name));
            case HEARTBEAT_HEARD -> firstHeartbeat(facts);
            case DRAIN_REQUESTED, DELETE_REQUESTED -> leaving(facts);
            case RESUME_REQUESTED -> why(wish(facts));
            case REMOVED_ON_REQUEST, REMOVED_BY_STATION -> Map.of("reason", removalReason(facts));
        };
    }

    private static Map<String, Object> leaving(AgentFacts facts) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("reason", isDeleted(facts) ? "deleted" : "drain");
        DrainWish drain = facts.drain;
        if (!isDeleted(facts) && drain != null) {
            metadata.put("deadline", Instant.ofEpochMilli(drain.deadlineMs()).toString());
        }
        metadata.putAll(why(wish(facts)));
        return metadata;
    }

    /** What its issuer said of the reason, which is beside the reason that programs go by. */
    private static Map<String, Object> why(@Nullable Asked asked) {
        return asked == null || asked.reason() == null ? Map.of() : Map.of("why", asked.reason());
    }

    private static boolean isDeleted(AgentFacts facts) {
        return facts.delete != null || facts.removed != null;
    }

    private static @Nullable Asked wish(AgentFacts facts) {
        if (isDeleted(facts)) {
            return facts.delete;
        }
        return facts.drain == null ? null : facts.drain.asked();
    }

    private static Map<String, Object> firstHeartbeat(AgentFacts facts) {
        FirstHeard heard = facts.firstHeard;
        return heard == null
                ? Map.of()
                : Map.of("first_heartbeat_mode", heard.mode().name(), "uptime_seconds", heard.uptimeSeconds());
    }

    private static Cause removal(AgentFacts facts) {
        Removal removed = Objects.requireNonNull(facts.removed);
        String triggeredBy = facts.outcomes.triggeredBy(removed.commandId());
        return new Cause(removed.commandId(), triggeredBy == null ? Asked.SYSTEM : triggeredBy);
    }

    private static String removalReason(AgentFacts facts) {
        Removal removed = Objects.requireNonNull(facts.removed);
        if (removed.reason() != null) {
            return removed.reason();
        }
        for (Asked asked : new @Nullable Asked[] {facts.delete, facts.kill}) {
            if (asked != null && asked.reason() != null && asked.commandId().equals(removed.commandId())) {
                return asked.reason();
            }
        }
        return removed.cause().name().toLowerCase(Locale.ROOT);
    }
}
