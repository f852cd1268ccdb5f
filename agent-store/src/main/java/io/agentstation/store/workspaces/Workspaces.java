package io.agentstation.store.workspaces;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code workspaces}: only written conditionally. All wait. */
public final class Workspaces {

    private static final String INSERT = """
            INSERT INTO workspaces (workspace, name, created_at, created_by)
            VALUES (:workspace, :name, :created_at, :created_by) IF NOT EXISTS""";

    private final Store store;
    private final PreparedStatement insert;
    private final PreparedStatement find;
    private final PreparedStatement all;

    public Workspaces(Store store) {
        this.store = store;
        this.insert = store.prepare(INSERT);
        this.find = store.prepare("SELECT * FROM workspaces WHERE workspace = :workspace");
        this.all = store.prepare("SELECT * FROM workspaces");
    }

    /** Stores a workspace; false when there is one with its id already, which stays as it is. */
    public boolean insert(Workspace workspace) {
        BoundStatement bound = insert.bind()
                .setString("workspace", workspace.id().value())
                .setString("name", workspace.name())
                .setInstant("created_at", workspace.createdAt())
                .setUuid("created_by", workspace.createdBy());
        return store.compareAndSet(
                bound, () -> find(workspace.id()).filter(workspace::equals).isPresent());
    }

    /** The workspace with this id, with every write in flight decided first. */
    public Optional<Workspace> find(WorkspaceId id) {
        Row row = store.executeSerial(find.bind().setString("workspace", id.value()))
                .one();
        return Optional.ofNullable(row).map(Workspaces::read);
    }

    /** All, in no order; a station has hundreds of them, not millions. */
    public List<Workspace> all() {
        List<Workspace> found = new ArrayList<>();
        store.rows(all.bind().setIdempotent(true), Workspaces::read).forEach(found::add);
        return found;
    }

    private static Workspace read(Row row) {
        return new Workspace(
                WorkspaceId.of(row.get("workspace", String.class)),
                row.get("name", String.class),
                row.get("created_at", Instant.class),
                row.getUuid("created_by"));
    }
}
