package io.agentstation.embedded.process;

import org.jspecify.annotations.Nullable;

/** A child did not become ready; the message says which, why, and the last lines of its log. */
public final class StartFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure in words for the person who starts the station. */
    public StartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A failure that its words explain. */
    public StartFailed(String message) {
        this(message, null);
    }
}
