package io.agentstation.gateway.keys;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.StoredKey;
import io.agentstation.store.keys.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the bodies that are about keys; fields that are not known are ignored. */
final class KeyForm {

    private static final int LONGEST_NAME = 100;
    private static final String STATION = "station";
    private static final int LONGEST_OVERLAP =
            Math.toIntExact(Duration.ofDays(7).toSeconds());
    private static final int OVERLAP = Math.toIntExact(Duration.ofDays(1).toSeconds());

    /**
     * A key that is wanted.
     *
     * @param expiresAt null: never
     */
    record Wish(String name, Grant grant, @Nullable Instant expiresAt) {}

    /** What is to be true of a key from now on. */
    record Change(String name, @Nullable Instant expiresAt) {}

    private KeyForm() {}

    /** A key for the caller's workspace, of the role member and the tier free, unless the body says otherwise. */
    static Wish wish(JsonForm form, WorkspaceId own, Instant now) {
        Optional<String> name = name(form);
        if (!form.has("name")) {
            form.problem("name", "name is required: 1 to " + LONGEST_NAME + " characters that say what the key is for");
        }
        Role role = word(form, "role", Role.values(), Role::word).orElse(Role.MEMBER);
        Tier tier = word(form, "tier", Tier.values(), Tier::word).orElse(Tier.FREE);
        WorkspaceId workspace = workspace(form).orElse(own);
        boolean station = hasStationScope(form);
        @Nullable Instant end = end(form, now, null);
        form.problems().refuseIfAny();
        return new Wish(name.orElseThrow(), new Grant(workspace, role, station, tier), end);
    }

    /** A change of what the body names; {@code expires_at} null takes the end away. */
    static Change change(JsonForm form, StoredKey before, Instant now) {
        String name = name(form).orElse(before.name());
        @Nullable Instant end = end(form, now, before.expiresAt());
        form.problems().refuseIfAny();
        return new Change(name, end);
    }

    /** How long the former secret goes on opening after a rotation: a day unless the body says otherwise. */
    static Duration overlap(JsonForm form) {
        Optional<Integer> seconds = form.integer("overlap_seconds", 0, LONGEST_OVERLAP);
        form.problems().refuseIfAny();
        return Duration.ofSeconds(seconds.orElse(OVERLAP));
    }

    private static Optional<String> name(JsonForm form) {
        Optional<String> name = form.text("name").map(String::strip);
        boolean fits = name.map(text -> !text.isEmpty() && text.length() <= LONGEST_NAME)
                .orElse(!form.has("name") || form.value("name").isPresent());
        if (!fits) {
            form.problem("name", "name must be 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static Optional<WorkspaceId> workspace(JsonForm form) {
        return form.text("workspace_id").flatMap(text -> {
            Optional<WorkspaceId> workspace = WorkspaceId.parse(text);
            if (workspace.isEmpty()) {
                form.problem("workspace_id", "workspace_id must be 1 to 63 lower-case letters, digits and hyphens");
            }
            return workspace;
        });
    }

    private static boolean hasStationScope(JsonForm form) {
        Optional<JsonNode> scopes = form.value("scopes");
        boolean valid = scopes.isEmpty()
                || (scopes.get().isArray()
                        && scopes.get().values().stream()
                                .allMatch(scope -> scope.isString() && STATION.equals(scope.stringValue())));
        if (!valid) {
            form.problem("scopes", "scopes must be an array that holds nothing but \"" + STATION + "\"");
        }
        return valid && scopes.isPresent() && !scopes.get().isEmpty();
    }

    private static @Nullable Instant end(JsonForm form, Instant now, @Nullable Instant otherwise) {
        if (!form.has("expires_at")) {
            return otherwise;
        }
        Optional<Instant> end =
                form.text("expires_at").flatMap(QueryForm::parseTime).filter(now::isBefore);
        if (end.isEmpty() && form.value("expires_at").isPresent()) {
            form.problem("expires_at", "expires_at must be a time to come, by RFC 3339, or null for none");
        }
        return end.orElse(null);
    }

    private static <T> Optional<T> word(JsonForm form, String field, T[] values, Function<T, String> sent) {
        return form.text(field).flatMap(text -> {
            Optional<T> value = Arrays.stream(values)
                    .filter(candidate -> sent.apply(candidate).equals(text))
                    .findFirst();
            if (value.isEmpty()) {
                form.problem(
                        field,
                        field + " must be one of: "
                                + Arrays.stream(values).map(sent).collect(Collectors.joining(", ")));
            }
            return value;
        });
    }
}
