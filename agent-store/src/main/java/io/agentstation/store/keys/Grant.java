package io.agentstation.store.keys;

import io.agentstation.contracts.ids.WorkspaceId;

/**
 * What a key opens.
 *
 * @param workspace the tenant, the only one whose things it reaches
 * @param station   whether it has the station scope: kill, workspaces, and the keys of every workspace
 */
public record Grant(WorkspaceId workspace, Role role, boolean station, Tier tier) {

    // Stored before the station scope was apart from the roles.
    private static final String FORMER_STATION_ROLE = "station";

    /** A grant without the station scope. */
    public static Grant of(WorkspaceId workspace, Role role, Tier tier) {
        return new Grant(workspace, role, false, tier);
    }

    /** Everything, for whoever owns the station. */
    public static Grant ofTheStation(WorkspaceId workspace) {
        return new Grant(workspace, Role.ADMIN, true, Tier.UNLIMITED);
    }

    /** Whether who holds this one gains nothing by that other one; the station scope is above all tiers and workspaces. */
    public boolean covers(Grant other) {
        return station
                || (workspace.equals(other.workspace)
                        && role.covers(other.role)
                        && tier.compareTo(other.tier) >= 0
                        && !other.station);
    }

    static Grant read(WorkspaceId workspace, String role, boolean station, String tier) {
        boolean former = FORMER_STATION_ROLE.equals(role);
        return new Grant(
                workspace,
                former ? Role.ADMIN : Role.parse(role).orElseThrow(() -> unknown("role", role)),
                former || station,
                Tier.parse(tier).orElseThrow(() -> unknown("tier", tier)));
    }

    private static IllegalStateException unknown(String column, String word) {
        return new IllegalStateException(
                "a key's " + column + " is " + word + ", which this version does not know: start a newer one");
    }
}
