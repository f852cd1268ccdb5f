package io.agentstation.webhooks.sending;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param status     of the answer; null without one
 * @param answer     its first KB
 * @param error      why it is no success, or null
 * @param retryAfter how long the receiver asked to be left alone (429 and 503 only), or null
 */
public record AttemptResult(
        Kind kind,
        @Nullable Integer status,
        Duration latency,
        String answer,
        @Nullable String error,
        @Nullable Duration retryAfter) {

    /** What follows from it. */
    public enum Kind {
        /** 2xx. */
        DELIVERED,
        /** Anything else: to be tried again. */
        FAILED,
        /** 410: the receiver wants no more. */
        GONE
    }
}
