package io.agentstation.gateway.workspaces;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.RepeatedRequests;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.workspaces.Workspace;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/workspaces}. */
@RestController
@RequestMapping(WorkspacesController.PATH)
final class WorkspacesController {

    static final String PATH = "/api/workspaces";

    /** A workspace as it is shown. */
    record WorkspaceView(WorkspaceId id, String name, Instant createdAt) {
        static WorkspaceView of(Workspace workspace) {
            return new WorkspaceView(workspace.id(), workspace.name(), workspace.createdAt());
        }
    }

    private final Tenants tenants;
    private final RepeatedRequests repeats;
    private final GatewaySettings settings;

    WorkspacesController(Tenants tenants, RepeatedRequests repeats, GatewaySettings settings) {
        this.tenants = tenants;
        this.repeats = repeats;
        this.settings = settings;
    }

    @PostMapping
    ResponseEntity<WorkspaceView> create(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        WorkspaceForm.Wish wish = WorkspaceForm.read(JsonForm.of(body, new Problems()));
        boolean isFirst = repeats.of(request, caller.user().workspace(), body).isFirst();
        Workspace made = tenants.create(caller.user(), wish, isFirst);
        return ResponseEntity.created(URI.create(PATH + "/" + made.id())).body(WorkspaceView.of(made));
    }

    @GetMapping
    List<WorkspaceView> list(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return tenants.list(caller.user()).stream().map(WorkspaceView::of).toList();
    }

    @GetMapping("/{workspace_id}")
    WorkspaceView one(@PathVariable("workspace_id") String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return tenants.find(caller.user(), id)
                .map(WorkspaceView::of)
                .orElseThrow(
                        () -> new RequestRefused(HttpStatus.NOT_FOUND, "workspace_not_found", "Workspace not found"));
    }
}
