package io.agentstation.gateway.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.agents.AgentLists;
import io.agentstation.store.agents.AgentLists.Entry;
import io.agentstation.store.agents.AgentRow;
import io.agentstation.store.agents.Agents;
import io.agentstation.store.agents.LatestReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Pages through a workspace's agents, newest first; rows are read side by side, so many at a time. */
final class AgentListing {

    /** Below the driver's 1,024 requests per connection, for several lists at once. */
    private static final int SIDE_BY_SIDE = 64;

    /** So that a filter which finds nothing costs no more than this in one request. */
    private static final int MOST_READ = 5_000;

    /**
     * A part of a list.
     *
     * @param rows what was found
     * @param next where the next part begins, when there may be more
     */
    record Page(List<AgentRow> rows, Optional<AgentId> next) {}

    private final AgentLists lists;
    private final Agents agents;
    private final LatestReports latest;

    AgentListing(AgentLists lists, Agents agents, LatestReports latest) {
        this.lists = lists;
        this.agents = agents;
        this.latest = latest;
    }

    /** The newest agents that the query asks for, or those found within the bound of one request. */
    Page page(WorkspaceId workspace, ListQuery query) {
        Page page = find(workspace, query);
        return new Page(withReports(page.rows()), page.next());
    }

    /** Only of those that are shown: a filter may pass over thousands. */
    private List<AgentRow> withReports(List<AgentRow> rows) {
        List<AgentRow> shown = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += SIDE_BY_SIDE) {
            List<CompletionStage<AgentRow>> reads =
                    rows.subList(from, Math.min(rows.size(), from + SIDE_BY_SIDE)).stream()
                            .map(latest::addTo)
                            .toList();
            reads.forEach(read -> shown.add(read.toCompletableFuture().join()));
        }
        return shown;
    }

    private Page find(WorkspaceId workspace, ListQuery query) {
        List<AgentRow> found = new ArrayList<>();
        Optional<AgentId> last = query.cursor();
        int read = 0;
        while (read < MOST_READ) {
            List<Entry> entries = lists.page(workspace, last.orElse(null), SIDE_BY_SIDE);
            for (Seen seen : rows(entries, query)) {
                if (found.size() == query.limit()) {
                    return new Page(found, last);
                }
                last = Optional.of(seen.agent());
                seen.row().filter(query::accepts).ifPresent(found::add);
            }
            read += entries.size();
            if (entries.size() < SIDE_BY_SIDE) {
                return new Page(found, Optional.empty());
            }
        }
        return new Page(found, last);
    }

    private record Seen(AgentId agent, Optional<AgentRow> row) {}

    private List<Seen> rows(List<Entry> entries, ListQuery query) {
        List<CompletionStage<Seen>> reads = new ArrayList<>();
        for (Entry entry : entries) {
            reads.add(
                    query.isName(entry.name())
                            ? agents.findAsync(entry.agent()).thenApply(row -> new Seen(entry.agent(), row))
                            : java.util.concurrent.CompletableFuture.completedStage(
                                    new Seen(entry.agent(), Optional.empty())));
        }
        return reads.stream().map(read -> read.toCompletableFuture().join()).toList();
    }
}
