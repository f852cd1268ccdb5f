package io.agentstation.agent;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Words for a call that got no answer. */
final class Failures {

    private Failures() {}

    /** The cause below the futures' wrappers, in one line. */
    static String describe(@Nullable Throwable failure) {
        if (failure == null) {
            return "no answer";
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }
}
