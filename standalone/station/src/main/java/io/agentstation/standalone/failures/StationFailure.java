package io.agentstation.standalone.failures;

import org.jspecify.annotations.Nullable;

/** What keeps the station from starting or running, as one sentence for the person at the console. */
public final class StationFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that is explained by its sentence alone. */
    public StationFailure(String sentence) {
        this(sentence, null);
    }

    /** A failure whose cause is worth a place in the log. */
    public StationFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
