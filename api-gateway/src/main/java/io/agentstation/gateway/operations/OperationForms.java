package io.agentstation.gateway.operations;

import io.agentstation.gateway.requests.JsonForm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of the operations; fields that are not known are ignored. */
final class OperationForms {

    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_DRAIN_SECONDS = 3_600;
    private static final int DRAIN_SECONDS = 120;

    private OperationForms() {}

    /** Why it is asked for, or null; what is wrong with it is noted. */
    static @Nullable String reason(JsonForm form) {
        Optional<String> reason = form.text("reason");
        if (reason.isPresent() && reason.get().length() > LONGEST_REASON) {
            form.problem("reason", "reason must be at most " + LONGEST_REASON + " characters");
        }
        return reason.filter(text -> !text.isBlank()).orElse(null);
    }

    static Change.Scale scale(JsonForm form, int maxReplicas) {
        if (form.value("replicas").isEmpty()) {
            form.problem("replicas", "replicas is required: an integer from 0 to " + maxReplicas);
        }
        Optional<Integer> replicas = form.integer("replicas", 0, maxReplicas);
        form.problems().refuseIfAny();
        return new Change.Scale(replicas.orElseThrow());
    }

    static Change.Drain drain(JsonForm form) {
        Optional<Integer> seconds = form.integer("timeout_seconds", 1, LONGEST_DRAIN_SECONDS);
        return new Change.Drain(seconds.orElse(DRAIN_SECONDS));
    }
}
