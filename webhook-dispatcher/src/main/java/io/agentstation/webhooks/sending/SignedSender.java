package io.agentstation.webhooks.sending;

import io.agentstation.contracts.webhooks.WebhookSignature;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.webhooks.sending.AttemptResult.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Signs by Standard Webhooks and judges the answer: 2xx is success, 410 a farewell, all else (3xx too) a failure. */
public final class SignedSender implements Sender {

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final SafeClient client;
    private final Clock clock;

    public SignedSender(SafeClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<AttemptResult> send(Webhook webhook, String messageId, String body) {
        Instant now = clock.instant();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "webhook-id", messageId,
                "webhook-timestamp", Long.toString(now.getEpochSecond()),
                "webhook-signature", WebhookSignature.header(webhook.secrets().inForce(now), messageId, now, bytes));
        long started = System.nanoTime();
        return client.post(webhook.url(), headers, bytes).handle((answer, failure) -> {
            Duration latency = Duration.ofNanos(System.nanoTime() - started);
            return failure == null ? judged(answer, latency) : failed(failure, latency);
        });
    }

    private AttemptResult judged(Answer answer, Duration latency) {
        int status = answer.status();
        Kind kind = status / 100 == 2 ? Kind.DELIVERED : status == GONE ? Kind.GONE : Kind.FAILED;
        String error = kind == Kind.DELIVERED ? null : "the receiver answered " + status;
        return new AttemptResult(kind, status, latency, answer.excerpt(), error, retryAfter(answer));
    }

    private @Nullable Duration retryAfter(Answer answer) {
        return answer.status() == TOO_MANY || answer.status() == UNAVAILABLE
                ? answer.retryAfter()
                        .flatMap(header -> RetryAfter.parse(header, clock.instant()))
                        .orElse(null)
                : null;
    }

    private static AttemptResult failed(Throwable failure, Duration latency) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SendingFailed expected) {
            return new AttemptResult(Kind.FAILED, null, latency, "", expected.getMessage(), null);
        }
        throw new CompletionException(cause);
    }
}
