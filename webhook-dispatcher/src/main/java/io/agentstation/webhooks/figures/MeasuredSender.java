package io.agentstation.webhooks.figures;

import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.sending.AttemptResult;
import io.agentstation.webhooks.sending.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and times attempts: {@code station_webhooks_attempts_seconds} by result, {@code station_webhooks_in_flight}. No
 * figure is by subscription: their number has no bound.
 */
public final class MeasuredSender implements Sender {

    private final Sender sender;
    private final Map<AttemptResult.Kind, Timer> attempts = new EnumMap<>(AttemptResult.Kind.class);
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Measures what another sender does. */
    public MeasuredSender(Sender sender, MeterRegistry registry) {
        this.sender = sender;
        registry.gauge("station.webhooks.in.flight", inFlight);
        for (AttemptResult.Kind kind : AttemptResult.Kind.values()) {
            attempts.put(kind, timer(kind, registry));
        }
    }

    @Override
    public CompletableFuture<AttemptResult> send(Webhook webhook, String messageId, String body) {
        inFlight.incrementAndGet();
        return sender.send(webhook, messageId, body).whenComplete((result, defect) -> {
            inFlight.decrementAndGet();
            if (defect == null) {
                Objects.requireNonNull(attempts.get(result.kind()), "every kind has one")
                        .record(result.latency());
            }
        });
    }

    private static Timer timer(AttemptResult.Kind kind, MeterRegistry registry) {
        return Timer.builder("station.webhooks.attempts")
                .tag("result", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
