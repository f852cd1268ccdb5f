package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.NextLink;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.DeliveryLog;
import io.agentstation.store.webhooks.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhooks/{id}/...}: what was sent to a subscription, and sending it again. */
@RestController
@RequestMapping("/api/webhooks/{id}")
final class WebhookDeliveriesController {

    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final Duration AHEAD = Duration.ofDays(1);

    /** An order that is durably queued. */
    record OrderedView(String message, UUID orderId, boolean pending) {}

    private final Subscriptions subscriptions;
    private final WebhookOrders orders;
    private final DeliveryLog log;
    private final GatewaySettings settings;
    private final Clock clock;

    WebhookDeliveriesController(
            Subscriptions subscriptions, WebhookOrders orders, DeliveryLog log, GatewaySettings settings, Clock clock) {
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping("/test")
    CompletableFuture<DeliveryView> test(@PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return orders.test(find(caller, id)).thenApply(DeliveryView::of);
    }

    @GetMapping("/deliveries")
    ResponseEntity<List<DeliveryView>> deliveries(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        Webhook webhook = find(caller, id);
        Problems problems = new Problems();
        QueryForm form = QueryForm.of(parameters, problems);
        int limit = form.integer("limit", 1, MOST).orElse(USUAL);
        Optional<UUID> cursor =
                form.read("cursor", text -> AgentId.parse(text).map(AgentId::value), "one that a Link header gave");
        problems.refuseIfAny();
        List<DeliveryView> page =
                log.before(webhook.id(), cursor.orElseGet(this::future), clock.instant(), limit).stream()
                        .map(DeliveryView::of)
                        .toList();
        Optional<String> next = page.size() < limit
                ? Optional.empty()
                : Optional.of(page.get(page.size() - 1).id().toString());
        return NextLink.answer(page, request.getRequestURI(), parameters, next);
    }

    @PostMapping("/deliveries/{delivery}/redeliver")
    CompletableFuture<ResponseEntity<OrderedView>> redeliver(
            @PathVariable String id, @PathVariable String delivery, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        Webhook webhook = enabled(find(caller, id));
        DeliveryAttempt logged = AgentId.parse(delivery)
                .flatMap(uuid -> orders.delivery(webhook, uuid.value()))
                .orElseThrow(() -> new RequestRefused(
                        HttpStatus.NOT_FOUND, "delivery_not_found", "Delivery not found; they are kept for 30 days"));
        if (logged.agent() == null) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "not_redeliverable", "This delivery was a test: ask for another test");
        }
        return orders.redeliver(webhook, logged.id())
                .thenApply(order -> ordered("The message is queued to be sent again", order));
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<OrderedView>> replay(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Webhook webhook = enabled(find(caller, id));
        JsonForm form = JsonForm.of(RequestBodies.object(request, settings.maxBody()), new Problems());
        ReplayForm wanted = ReplayForm.read(form, webhook, clock.instant());
        return orders.replay(webhook, wanted.since(), wanted.until(), wanted.events())
                .thenApply(order -> ordered("The events of that time are queued to be sent again", order));
    }

    private static ResponseEntity<OrderedView> ordered(String message, UUID order) {
        return ResponseEntity.accepted().body(new OrderedView(message, order, true));
    }

    private Webhook find(Caller caller, String id) {
        return subscriptions.find(caller.user().workspace(), id);
    }

    private static Webhook enabled(Webhook webhook) {
        if (!webhook.enabled()) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "webhook_disabled", "The webhook is disabled: enable it first, by PATCH");
        }
        return webhook;
    }

    // After every attempt that a dispatcher whose clock is ahead may have logged.
    private UUID future() {
        return new UUID(clock.instant().plus(AHEAD).toEpochMilli() << 16 | 0x7fff, -1);
    }
}
