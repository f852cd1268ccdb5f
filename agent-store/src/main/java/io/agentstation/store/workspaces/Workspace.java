package io.agentstation.store.workspaces;

import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant.
 *
 * @param name      for people
 * @param createdBy owner of the key that made it; null for one made at the console
 */
public record Workspace(
        WorkspaceId id,
        String name,
        Instant createdAt,
        @Nullable UUID createdBy) {}
