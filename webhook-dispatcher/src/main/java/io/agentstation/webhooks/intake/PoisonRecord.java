package io.agentstation.webhooks.intake;

import org.jspecify.annotations.Nullable;

/** A record that nobody will ever be able to use; the message says why. A permanent failure. */
final class PoisonRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PoisonRecord(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
