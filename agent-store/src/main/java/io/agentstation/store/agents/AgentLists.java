package io.agentstation.store.agents;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tables {@code agents_by_month} and {@code agent_months}: the agents of a workspace, newest first. */
public final class AgentLists {

    /** Above every UUIDv7. */
    private static final UUID END = new UUID(-1L, -1L);

    /** One line of a list: the columns that never change. */
    public record Entry(AgentId agent, String name) {}

    private final Store store;
    private final PreparedStatement addMonth;
    private final PreparedStatement add;
    private final PreparedStatement months;
    private final PreparedStatement page;

    public AgentLists(Store store) {
        this.store = store;
        this.addMonth = store.prepare("INSERT INTO agent_months (workspace, month) VALUES (:workspace, :month)");
        this.add = store.prepare("INSERT INTO agents_by_month (workspace, month, agent_id, name)"
                + " VALUES (:workspace, :month, :agent_id, :name)");
        this.months = store.prepare("SELECT month FROM agent_months WHERE workspace = :workspace");
        this.page = store.prepare("SELECT agent_id, name FROM agents_by_month"
                + " WHERE workspace = :workspace AND month = :month AND agent_id < :before LIMIT :most");
    }

    /** Lists the agent; can be repeated. */
    public CompletionStage<?> add(WorkspaceId workspace, AgentId agent, String name) {
        return store.executeAsync(addMonth.bind()
                        .setString("workspace", workspace.value())
                        .setInt("month", monthOf(agent.value()))
                        .setIdempotent(true))
                .thenCompose(done -> store.executeAsync(add.bind()
                        .setString("workspace", workspace.value())
                        .setInt("month", monthOf(agent.value()))
                        .setUuid("agent_id", agent.value())
                        .setString("name", name)
                        .setIdempotent(true)));
    }

    /**
     * The next agents of a list, newest first; waits.
     *
     * @param before only agents older than this one; null from the newest
     * @param most   how many at most; fewer only at the end of the list
     */
    public List<Entry> page(WorkspaceId workspace, @Nullable AgentId before, int most) {
        UUID bound = before == null ? END : before.value();
        int newest = before == null ? Integer.MAX_VALUE : monthOf(bound);
        List<Entry> entries = new ArrayList<>();
        for (int month : months(workspace)) {
            if (month <= newest && entries.size() < most) {
                entries.addAll(page(workspace, month, bound, most - entries.size()));
            }
        }
        return entries;
    }

    private List<Entry> page(WorkspaceId workspace, int month, UUID before, int most) {
        return store.execute(page.bind()
                        .setString("workspace", workspace.value())
                        .setInt("month", month)
                        .setUuid("before", before)
                        .setInt("most", most)
                        .setIdempotent(true))
                .map(row -> new Entry(new AgentId(row.get("agent_id", UUID.class)), text(row)))
                .all();
    }

    private static String text(Row row) {
        String name = row.getString("name");
        return name == null ? "" : name;
    }

    private List<Integer> months(WorkspaceId workspace) {
        return store.execute(
                        months.bind().setString("workspace", workspace.value()).setIdempotent(true))
                .map(row -> row.getInt("month"))
                .all();
    }

    /** Year and month of a UUIDv7, as 202611. */
    static int monthOf(UUID uuid) {
        ZonedDateTime time =
                Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16).atZone(ZoneOffset.UTC);
        return time.getYear() * 100 + time.getMonthValue();
    }
}
