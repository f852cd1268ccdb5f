package io.agentstation.gateway.webhooks;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.history.NextLink;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.Caller;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/webhooks/{id}/...}: what was sent to a subscription, and sending it again. */
@RestController
@RequestMapping("/api/webhooks/{id}")
final class WebhookDeliveriesController {

    /** An order that is durably queued. */
    record OrderedView(String message, UUID orderId, boolean pending) {}

    private final Subscriptions subscriptions;
    private final WebhookOrders orders;
    private final WebhookTickets tickets;
    private final Deliveries log;
    private final GatewaySettings settings;
    private final Clock clock;

    WebhookDeliveriesController(
            Subscriptions subscriptions,
            WebhookOrders orders,
            WebhookTickets tickets,
            Deliveries log,
            GatewaySettings settings,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.tickets = tickets;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping("/test")
    CompletableFuture<DeliveryView> test(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Webhook webhook = find(caller, id);
        Ticket ticket = tickets.of(request, webhook.workspace(), id, "test");
        return orders.test(webhook, ticket).thenApply(DeliveryView::of);
    }

    @GetMapping("/deliveries")
    ResponseEntity<List<DeliveryView>> deliveries(
            @PathVariable String id,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestParam MultiValueMap<String, String> parameters,
            HttpServletRequest request) {
        Webhook webhook = find(caller, id);
        Problems problems = new Problems();
        DeliveryQuery query = DeliveryQuery.read(QueryForm.of(parameters, problems));
        problems.refuseIfAny();
        Deliveries.Page page = log.page(webhook.id(), query);
        List<DeliveryView> views = page.found().stream().map(DeliveryView::of).toList();
        return NextLink.answer(
                views, request.getRequestURI(), parameters, page.next().map(UUID::toString));
    }

    @PostMapping("/deliveries/{delivery}/redeliver")
    CompletableFuture<ResponseEntity<OrderedView>> redeliver(
            @PathVariable String id,
            @PathVariable String delivery,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request) {
        Webhook webhook = find(caller, id);
        DeliveryAttempt logged = AgentId.parse(delivery)
                .flatMap(uuid -> orders.delivery(webhook, uuid.value()))
                .orElseThrow(() -> new RequestRefused(
                        HttpStatus.NOT_FOUND, "delivery_not_found", "Delivery not found; they are kept for 30 days"));
        if (logged.agent() == null) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "not_redeliverable", "This delivery was a test: ask for another test");
        }
        Ticket ticket = tickets.of(request, webhook.workspace(), id, "redeliver " + logged.id());
        return order(webhook, ticket, () -> orders.redeliver(webhook, logged.id(), ticket))
                .thenApply(order -> ordered("The message is queued to be sent again", order));
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<OrderedView>> replay(
            @PathVariable String id, @RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Webhook webhook = find(caller, id);
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        ReplayForm wanted = ReplayForm.read(JsonForm.of(body, new Problems()), webhook, clock.instant());
        Ticket ticket = tickets.of(request, webhook.workspace(), id, "replay", body);
        return order(webhook, ticket, () -> orders.replay(webhook, wanted, ticket))
                .thenApply(order -> ordered("The events of that time are queued to be sent again", order));
    }

    /** What was ordered before is not ordered again, and is answered as it was then. */
    private static CompletableFuture<UUID> order(
            Webhook webhook, Ticket ticket, Supplier<CompletableFuture<UUID>> order) {
        if (ticket.isDone()) {
            return CompletableFuture.completedFuture(ticket.id());
        }
        requireEnabled(webhook);
        return order.get();
    }

    private static ResponseEntity<OrderedView> ordered(String message, UUID order) {
        return ResponseEntity.accepted().body(new OrderedView(message, order, true));
    }

    private Webhook find(Caller caller, String id) {
        return subscriptions.find(caller.user().workspace(), id);
    }

    private static void requireEnabled(Webhook webhook) {
        if (!webhook.enabled()) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT, "webhook_disabled", "The webhook is disabled: enable it first, by PATCH");
        }
    }
}
