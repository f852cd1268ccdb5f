package io.agentstation.gateway.agents;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.CommandId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.lifecycle.AgentState;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.agents.AgentAnswers.Created;
import io.agentstation.gateway.agents.AgentAnswers.Deleted;
import io.agentstation.gateway.agents.AgentAnswers.Deleting;
import io.agentstation.gateway.agents.CreateForm.Wish;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.NextLink;
import io.agentstation.gateway.idempotency.RepeatedRequests;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.IdempotencyKey;
import io.agentstation.gateway.requests.PreferWait;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.agents.AgentRow;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/agents}: create, list, details, delete. */
@RestController
@RequestMapping(AgentsController.PATH)
final class AgentsController {

    static final String PATH = "/api/agents";

    private final CreateForm form;
    private final IdempotentCreation creation;
    private final AgentListing listing;
    private final AgentDetails details;
    private final AwaitedState awaited;
    private final AgentRemoval removal;
    private final RepeatedRequests repeats;
    private final GatewaySettings settings;

    AgentsController(
            IdempotentCreation creation,
            AgentListing listing,
            AgentDetails details,
            AwaitedState awaited,
            AgentRemoval removal,
            RepeatedRequests repeats,
            GatewaySettings settings) {
        this.form = new CreateForm(settings);
        this.creation = creation;
        this.listing = listing;
        this.details = details;
        this.awaited = awaited;
        this.removal = removal;
        this.repeats = repeats;
        this.settings = settings;
    }

    @PostMapping
    CompletableFuture<ResponseEntity<Created>> create(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
            HttpServletRequest request) {
        Caller.User user = caller.user();
        Duration wait = PreferWait.of(prefer, Duration.ZERO);
        ObjectNode body = RequestBodies.object(request, settings.maxCreateBody());
        Wish wish = form.read(body, user.workspace());
        Optional<String> key = IdempotencyKey.of(idempotencyKey);
        AgentRow row = creation.create(user, wish, body, key);
        return provisioned(row, wait)
                .thenApply(now -> ResponseEntity.created(URI.create(PATH + "/" + row.id()))
                        .body(Created.of(now, settings)));
    }

    private CompletableFuture<AgentRow> provisioned(AgentRow created, Duration wait) {
        return wait.isZero()
                ? CompletableFuture.completedFuture(created)
                : awaited.reached(created.id(), state -> state != AgentState.NEW, wait)
                        .thenApply(row -> row.orElse(created));
    }

    @GetMapping
    ResponseEntity<List<AgentView>> list(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
        ListQuery query = ListQuery.of(parameters);
        AgentListing.Page page = listing.page(caller.user().workspace(), query);
        return NextLink.answer(
                page.rows().stream().map(row -> AgentView.of(row, settings)).toList(),
                PATH,
                parameters,
                page.next().map(AgentId::toString));
    }

    @GetMapping("/{id}")
    CompletableFuture<DetailsView> details(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
            @RequestParam MultiValueMap<String, String> parameters) {
        WorkspaceId workspace = caller.user().workspace();
        Problems problems = new Problems();
        Optional<AgentState> state = QueryForm.of(parameters, problems).oneOf("wait", AgentState.values(), Enum::name);
        Duration most = PreferWait.of(prefer, settings.deleteWait());
        problems.refuseIfAny();
        AgentId agent = agent(id);
        return state.map(wanted -> details.require(workspace, agent)
                        .thenCompose(own -> awaited.reached(agent, wanted::equals, most))
                        .thenCompose(done -> details.of(workspace, agent)))
                .orElseGet(() -> details.of(workspace, agent));
    }

    @DeleteMapping("/{id}")
    CompletableFuture<ResponseEntity<?>> delete(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
            HttpServletRequest request) {
        Duration wait = PreferWait.of(prefer, settings.deleteWait());
        Caller.User user = caller.user();
        AgentId agent = agent(id);
        UUID change = repeats.of(request, user.workspace(), Wire.mapper().createObjectNode())
                .id();
        return removal.remove(user, agent, new CommandId(change), wait)
                .thenApply(row -> row.state().isTerminal()
                        ? ResponseEntity.ok(Deleted.of(row))
                        : ResponseEntity.accepted().body(Deleting.of(row)));
    }

    private static AgentId agent(String id) {
        return AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
    }
}
