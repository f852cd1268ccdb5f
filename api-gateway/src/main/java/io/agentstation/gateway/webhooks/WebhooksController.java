package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookChange;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/webhooks}: the subscriptions of the caller's workspace. */
@RestController
@RequestMapping("/api/webhooks")
final class WebhooksController {

    /** What a rotation answers. */
    record RotatedView(
            String message, WebhookView webhook, @Nullable Instant previousSecretUntil) {}

    /** What a deletion answers. */
    record DeletedView(String message) {}

    private final Subscriptions subscriptions;
    private final WebhookTickets tickets;
    private final WebhookSettings rules;
    private final GatewaySettings settings;

    WebhooksController(
            Subscriptions subscriptions, WebhookTickets tickets, WebhookSettings rules, GatewaySettings settings) {
        this.subscriptions = subscriptions;
        this.tickets = tickets;
        this.rules = rules;
        this.settings = settings;
    }

    @PostMapping
    ResponseEntity<WebhookView> create(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        WorkspaceId workspace = caller.user().workspace();
        ObjectNode body = body(request);
        WebhookChange wanted = WebhookForm.create(form(body), rules.rules());
        Ticket ticket = tickets.of(request, workspace, "new", "create", body);
        Subscriptions.WithSecret made = subscriptions.create(workspace, wanted, ticket);
        return ResponseEntity.created(
                        URI.create("/api/webhooks/" + made.webhook().id()))
                .body(WebhookView.of(made.webhook(), made.secret()));
    }

    @GetMapping
    List<WebhookView> list(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return subscriptions.of(caller.user().workspace()).stream()
                .map(WebhookView::of)
                .toList();
    }

    @GetMapping("/{id}")
    WebhookView one(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return WebhookView.of(find(caller, id));
    }

    @PatchMapping("/{id}")
    WebhookView change(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Webhook before = find(caller, id);
        ObjectNode body = body(request);
        WebhookChange wanted = WebhookForm.change(form(body), rules.rules(), WebhookChange.of(before));
        Ticket ticket = tickets.of(request, before.workspace(), id, "change", body);
        return WebhookView.of(subscriptions.change(before, wanted, ticket));
    }

    @DeleteMapping("/{id}")
    DeletedView delete(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        WorkspaceId workspace = caller.user().workspace();
        subscriptions.delete(workspace, id, tickets.of(request, workspace, id, "delete"));
        return new DeletedView("Webhook deleted");
    }

    @PostMapping("/{id}/rotate")
    RotatedView rotate(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Webhook before = find(caller, id);
        Ticket ticket = tickets.of(request, before.workspace(), id, "rotate");
        Subscriptions.WithSecret rotated = subscriptions.rotate(before, ticket);
        return new RotatedView(
                "Both secrets sign until then: give your receiver the new one",
                WebhookView.of(rotated.webhook(), rotated.secret()),
                rotated.webhook().secrets().bothUntil().orElse(null));
    }

    private Webhook find(Caller caller, String id) {
        return subscriptions.find(caller.user().workspace(), id);
    }

    private ObjectNode body(HttpServletRequest request) {
        return RequestBodies.object(request, settings.maxBody());
    }

    private static JsonForm form(ObjectNode body) {
        return JsonForm.of(body, new Problems());
    }
}
