package io.agentstation.gateway.workspaces;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.store.workspaces.Workspace;
import io.agentstation.store.workspaces.Workspaces;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes and shows workspaces: the station scope sees all, everybody else their own. */
@Component
final class Tenants {

    private final Workspaces workspaces;
    private final InstantSource clock;

    Tenants(Workspaces workspaces, InstantSource clock) {
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /**
     * A new workspace; a change that was sent before finds the one that it made.
     *
     * @throws RequestRefused 409 when there is one with this id
     */
    Workspace create(Caller.User user, WorkspaceForm.Wish wish, boolean isFirst) {
        Workspace workspace =
                new Workspace(wish.id(), wish.name(), clock.instant().truncatedTo(ChronoUnit.MILLIS), user.owner());
        if (!workspaces.insert(workspace)) {
            Optional<Workspace> before = workspaces
                    .find(wish.id())
                    .filter(there -> !isFirst && user.owner().equals(there.createdBy()));
            if (before.isPresent()) {
                return before.get();
            }
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "workspace_exists", "Workspace with this id already exists: " + wish.id());
        }
        return workspace;
    }

    /** Those that the caller reaches, by id. */
    List<Workspace> list(Caller.User user) {
        return user.grant().station()
                ? workspaces.all().stream()
                        .sorted(Comparator.comparing(workspace -> workspace.id().value()))
                        .toList()
                : workspaces.find(user.workspace()).stream().toList();
    }

    /** The workspace with this id, when the caller reaches it. */
    Optional<Workspace> find(Caller.User user, String id) {
        return WorkspaceId.parse(id)
                .filter(workspace -> user.grant().station() || workspace.equals(user.workspace()))
                .flatMap(workspaces::find);
    }
}
