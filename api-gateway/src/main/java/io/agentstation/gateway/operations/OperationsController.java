package io.agentstation.gateway.operations;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.agents.UpdateForm;
import io.agentstation.gateway.audit.AuditNotes;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.idempotency.Tickets;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.IdempotencyKey;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.PreferWait;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.agents.AgentRow;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/agents/{id}}: update, scale, restart, drain, drained, resume, kill. */
@RestController
@RequestMapping("/api/agents/{id}")
final class OperationsController {

    private final Operations operations;
    private final Tickets tickets;
    private final UpdateForm update;
    private final GatewaySettings settings;

    OperationsController(Operations operations, Tickets tickets, GatewaySettings settings) {
        this.operations = operations;
        this.tickets = tickets;
        this.update = new UpdateForm(settings);
        this.settings = settings;
    }

    @PatchMapping
    CompletableFuture<ResponseEntity<Answer>> update(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        AgentId agent = agent(id);
        ObjectNode body = RequestBodies.object(request, settings.maxCreateBody());
        Optional<AgentSpec> current = operations.find(caller.user(), agent).map(AgentRow::spec);
        Function<JsonForm, Change> reader = form -> new Respecify(update.read(form, current));
        return ask(caller.user(), agent, body, request, reader);
    }

    @PostMapping("/scale")
    CompletableFuture<ResponseEntity<Answer>> scale(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        return ask(caller.user(), agent(id), body, request, form -> OperationForms.scale(form, settings.maxReplicas()));
    }

    @PostMapping("/restart")
    CompletableFuture<ResponseEntity<Answer>> restart(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return ask(caller.user(), agent(id), body(request), request, form -> new Change.Restart());
    }

    @PostMapping("/drain")
    CompletableFuture<ResponseEntity<Answer>> drain(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return ask(caller.user(), agent(id), body(request), request, OperationForms::drain);
    }

    @PostMapping("/drained")
    CompletableFuture<ResponseEntity<Answer>> drained(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return ask(caller, agent(id), body(request), request, form -> new Change.Drained());
    }

    @PostMapping("/resume")
    CompletableFuture<ResponseEntity<Answer>> resume(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return ask(caller.user(), agent(id), body(request), request, form -> new Change.Resume());
    }

    @PostMapping("/kill")
    CompletableFuture<ResponseEntity<Answer>> kill(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Caller.User station = caller.user().station();
        return ask(station, agent(id), body(request), request, form -> new Change.Kill());
    }

    private ObjectNode body(HttpServletRequest request) {
        return RequestBodies.optionalObject(request, settings.maxBody());
    }

    private CompletableFuture<ResponseEntity<Answer>> ask(
            Caller caller,
            AgentId agent,
            ObjectNode body,
            HttpServletRequest request,
            Function<JsonForm, Change> reader) {
        Optional<String> key = IdempotencyKey.of(request.getHeader(IdempotencyKey.HEADER));
        boolean isPost = request.getMethod().equals("POST");
        Duration wait = PreferWait.of(prefer(request), isPost ? Duration.ZERO : settings.deleteWait());
        JsonForm form = JsonForm.of(body, new Problems());
        @Nullable String reason = OperationForms.reason(form);
        Change change = reader.apply(form);
        form.problems().refuseIfAny();
        AgentRow row = operations.own(caller, agent);
        String operation = change.kind().name();
        ObjectNode asked = Tickets.request("agent", agent.toString(), operation, body);
        Ticket ticket = tickets.of(key, row.spec().workspace(), asked, UUID.randomUUID());
        String because = reason == null && change instanceof Change.Drained ? "drained" : reason;
        AuditNotes.tell(request, row.spec().workspace(), because);
        return operations
                .ask(new Operations.Request(caller, agent, change, because, wait), row, ticket)
                .thenApply(result ->
                        ResponseEntity.status(result.pending() ? 202 : 200).body(Answer.of(result, settings)));
    }

    private static List<String> prefer(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Prefer"));
    }

    private static AgentId agent(String id) {
        return AgentId.parse(id).orElseThrow(RequestRefused::agentNotFound);
    }
}
