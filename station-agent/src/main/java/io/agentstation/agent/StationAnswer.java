package io.agentstation.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * What the Station answered.
 *
 * @param status     the HTTP status
 * @param retryAfter from the {@code Retry-After} header, in seconds there
 * @param state      the agent's lifecycle state, from a heartbeat's answer
 * @param error      the Station's own sentence about a refusal; empty when there is none
 */
record StationAnswer(int status, Optional<Duration> retryAfter, Optional<String> state, String error) {

    /** What an answer means for a heartbeat. */
    enum Verdict {
        ACKNOWLEDGED,
        /** The agent is terminated or killed, or about to be. */
        GONE,
        /** Too many requests. */
        THROTTLED,
        /** The Station will say the same again until somebody changes something. */
        REFUSED,
        /** Not recorded, as far as one can know: the agent contract asks for a retry. */
        UNACKNOWLEDGED
    }

    Verdict verdict() {
        if (status >= 200 && status < 300) {
            return Verdict.ACKNOWLEDGED;
        }
        return switch (status) {
            case 410 -> Verdict.GONE;
            case 429 -> Verdict.THROTTLED;
            case 408 -> Verdict.UNACKNOWLEDGED;
            default -> status >= 500 ? Verdict.UNACKNOWLEDGED : Verdict.REFUSED;
        };
    }

    /** The status and the Station's sentence, for a log line. */
    String describe() {
        return error.isEmpty() ? "HTTP " + status : "HTTP " + status + " (" + error + ")";
    }
}
