package io.agentstation.gateway.webhooks;

import io.agentstation.gateway.GatewaySettings;
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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhooks}: the subscriptions of the caller's workspace. */
@RestController
@RequestMapping("/api/webhooks")
final class WebhooksController {

    /** What a rotation answers. */
    record RotatedView(String message, WebhookView webhook, Instant previousSecretUntil) {}

    /** What a deletion answers. */
    record DeletedView(String message) {}

    private final Subscriptions subscriptions;
    private final WebhookSettings rules;
    private final GatewaySettings settings;
    private final java.time.Clock clock;

    WebhooksController(
            Subscriptions subscriptions, WebhookSettings rules, GatewaySettings settings, java.time.Clock clock) {
        this.subscriptions = subscriptions;
        this.rules = rules;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<WebhookView> create(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Caller.User user = caller.user();
        WebhookChange wanted = WebhookForm.create(form(request), rules.rules());
        Subscriptions.WithSecret made = subscriptions.create(user.workspace(), wanted);
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
        WebhookChange wanted = WebhookForm.change(form(request), rules.rules(), WebhookChange.of(before));
        return WebhookView.of(subscriptions.change(before, wanted));
    }

    @DeleteMapping("/{id}")
    DeletedView delete(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        subscriptions.delete(find(caller, id));
        return new DeletedView("Webhook deleted");
    }

    @PostMapping("/{id}/rotate")
    RotatedView rotate(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        Subscriptions.WithSecret rotated = subscriptions.rotate(find(caller, id));
        return new RotatedView(
                "Both secrets sign until then: give your receiver the new one",
                WebhookView.of(rotated.webhook(), rotated.secret()),
                clock.instant().plus(Subscriptions.BOTH_SIGN));
    }

    private Webhook find(Caller caller, String id) {
        return subscriptions.find(caller.user().workspace(), id);
    }

    private JsonForm form(HttpServletRequest request) {
        return JsonForm.of(RequestBodies.object(request, settings.maxBody()), new Problems());
    }
}
