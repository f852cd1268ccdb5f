package io.agentstation.store.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkspacesIT {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Workspaces workspaces = new Workspaces(TestStore.get());
    private final WorkspaceId id = WorkspaceId.of(TestIds.name("w"));

    @Test
    void aWorkspaceIsFoundAsStoredAndListed() {
        Workspace workspace = new Workspace(id, "Team", NOON, new UUID(1, 2));

        assertThat(workspaces.insert(workspace)).isTrue();

        assertThat(workspaces.find(id)).contains(workspace);
        assertThat(workspaces.all()).contains(workspace);
    }

    @Test
    void theSameIdAgainChangesNothing() {
        Workspace first = new Workspace(id, "First", NOON, null);
        workspaces.insert(first);

        assertThat(workspaces.insert(new Workspace(id, "Second", NOON, null))).isFalse();

        assertThat(workspaces.find(id)).contains(first);
    }

    @Test
    void anUnknownOneIsNotFound() {
        assertThat(workspaces.find(id)).isEmpty();
    }
}
