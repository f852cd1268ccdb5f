package io.agentstation.gateway.audit;

import io.agentstation.contracts.ids.WorkspaceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What only a controller knows of a request, told to the audit log by a request attribute. */
public final class AuditNotes {

    private static final String ATTRIBUTE = AuditNotes.class.getName();

    /**
     * What was told.
     *
     * @param workspace whose thing it was
     * @param reason    the client's own, or null
     */
    record Note(WorkspaceId workspace, @Nullable String reason) {}

    private AuditNotes() {}

    /** Tells whose thing the request changes, and why its client says that it does. */
    public static void tell(HttpServletRequest request, WorkspaceId workspace, @Nullable String reason) {
        request.setAttribute(ATTRIBUTE, new Note(workspace, reason));
    }

    static Optional<Note> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Note note ? Optional.of(note) : Optional.empty();
    }
}
