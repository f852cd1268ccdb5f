package io.agentstation.gateway.workspaces;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.requests.JsonForm;
import java.util.Optional;

/** Reads the body of a new workspace; fields that are not known are ignored. */
final class WorkspaceForm {

    private static final int LONGEST_NAME = 100;

    /** A workspace that is wanted. */
    record Wish(WorkspaceId id, String name) {}

    private WorkspaceForm() {}

    static Wish read(JsonForm form) {
        Optional<WorkspaceId> id = form.text("id").flatMap(WorkspaceId::parse);
        if (id.isEmpty()) {
            form.problem("id", "id is required: 1 to 63 lower-case letters, digits and hyphens, which do not change");
        }
        Optional<String> name = form.text("name").map(String::strip);
        if (name.isPresent() && (name.get().isEmpty() || name.get().length() > LONGEST_NAME)) {
            form.problem("name", "name must be 1 to " + LONGEST_NAME + " characters");
        }
        form.problems().refuseIfAny();
        return new Wish(id.orElseThrow(), name.orElse(id.orElseThrow().value()));
    }
}
