package io.agentstation.gateway.idempotency;

import java.util.UUID;

/**
 * The id of what a request asks for: a new one, or, by its idempotency key, the one that it got before.
 *
 * @param id     of the command, the order or the thing that is made
 * @param isKept whether a repetition gets the same id
 * @param isDone whether it is known to be done; when not, it may be all the same
 * @param onDone remembers that it is
 */
public record Ticket(UUID id, boolean isKept, boolean isDone, Runnable onDone) {

    /** Remembers, for whoever repeats the request, that it is done. Waits. */
    public void done() {
        onDone.run();
    }
}
