package io.agentstation.gateway.operations;

import io.agentstation.contracts.ids.CommandId;

/**
 * The command that a request means: a new one, or, by its idempotency key, the one that it meant before.
 *
 * @param isPublished whether it is known to be in the log
 * @param onPublished remembers that it is
 */
record Ticket(CommandId command, boolean isPublished, Runnable onPublished) {

    void published() {
        onPublished.run();
    }
}
