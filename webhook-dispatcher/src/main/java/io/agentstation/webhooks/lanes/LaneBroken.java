package io.agentstation.webhooks.lanes;

import org.jspecify.annotations.Nullable;

/** A lane could not be stored, or is no longer this dispatcher's: what was offered to it is to be offered again. Transient. */
public final class LaneBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence that says of whom. */
    public LaneBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
