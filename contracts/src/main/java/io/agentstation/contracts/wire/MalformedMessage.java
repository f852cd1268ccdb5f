package io.agentstation.contracts.wire;

import org.jspecify.annotations.Nullable;

/** The bytes are not a message of the expected type, and never will be: a permanent failure, a dead letter. */
public final class MalformedMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedMessage(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
