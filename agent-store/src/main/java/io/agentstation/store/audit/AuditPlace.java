package io.agentstation.store.audit;

import io.agentstation.contracts.ids.WorkspaceId;

/** Whose audit log: a workspace's, or the station's own, for what belongs to no workspace. */
public record AuditPlace(String text) {

    /** The station's own; no workspace can have this name. */
    public static final AuditPlace STATION = new AuditPlace("*");

    /** A workspace's. */
    public static AuditPlace of(WorkspaceId workspace) {
        return new AuditPlace(workspace.value());
    }
}
