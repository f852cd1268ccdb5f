package io.agentstation.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.fixtures.TestIds;
import io.agentstation.store.fixtures.TestStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentListsIT {

    private final AgentLists lists = new AgentLists(TestStore.get());
    private final WorkspaceId workspace = WorkspaceId.of("lists-" + UUID.randomUUID());
    private final List<AgentId> newestFirst = List.of(
            TestIds.agentOf(Instant.parse("2026-11-22T12:00:00Z")),
            TestIds.agentOf(Instant.parse("2026-11-22T11:59:59.999Z")),
            TestIds.agentOf(Instant.parse("2026-11-01T00:00:00Z")),
            TestIds.agentOf(Instant.parse("2026-10-31T23:59:59.999Z")),
            TestIds.agentOf(Instant.parse("2026-01-05T00:00:00Z")),
            TestIds.agentOf(Instant.parse("2025-12-31T23:00:00Z")));

    @BeforeEach
    void agentsOfFourMonths() {
        newestFirst.forEach(agent -> add(workspace, agent));
        add(WorkspaceId.of("lists-" + UUID.randomUUID()), TestIds.agent());
    }

    @Test
    void theListIsNewestFirstAcrossMonths() {
        assertThat(page(null, 100)).isEqualTo(newestFirst);
    }

    @Test
    void pagesOfEverySizeHaveEveryAgentOnce() {
        for (int size = 1; size <= newestFirst.size() + 1; size++) {
            assertThat(allInPagesOf(size)).as("pages of %d", size).isEqualTo(newestFirst);
        }
    }

    @Test
    void addingAgainChangesNothing() {
        newestFirst.forEach(agent -> add(workspace, agent));

        assertThat(page(null, 100)).isEqualTo(newestFirst);
    }

    @Test
    void aLineHasTheName() {
        assertThat(lists.page(workspace, null, 1))
                .containsExactly(new AgentLists.Entry(newestFirst.get(0), "name-of-" + newestFirst.get(0)));
    }

    @Test
    void aWorkspaceWithoutAgentsHasAnEmptyList() {
        assertThat(lists.page(WorkspaceId.of("nobody"), null, 10)).isEmpty();
    }

    private List<AgentId> allInPagesOf(int size) {
        List<AgentId> all = new ArrayList<>();
        List<AgentId> next = page(null, size);
        while (!next.isEmpty()) {
            all.addAll(next);
            next = page(all.get(all.size() - 1), size);
        }
        return all;
    }

    private List<AgentId> page(@Nullable AgentId before, int most) {
        return lists.page(workspace, before, most).stream()
                .map(AgentLists.Entry::agent)
                .toList();
    }

    private void add(WorkspaceId to, AgentId agent) {
        lists.add(to, agent, "name-of-" + agent).toCompletableFuture().join();
    }
}
