package io.agentstation.cluster.apply;

import java.util.List;

/** An apply without force would change fields that other managers own. The message is Kubernetes' own wording. */
public final class ApplyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * One field and its owner.
     *
     * @param field as in {@code .spec.replicas}
     */
    public record Cause(String message, String field) implements java.io.Serializable {}

    private final transient List<Cause> causes;

    ApplyConflict(List<Cause> causes) {
        super(describe(causes));
        this.causes = List.copyOf(causes);
    }

    /** One for each contested field. */
    public List<Cause> causes() {
        return causes;
    }

    private static String describe(List<Cause> causes) {
        if (causes.size() == 1) {
            Cause only = causes.get(0);
            return "Apply failed with 1 conflict: " + only.message() + ": " + only.field();
        }
        StringBuilder text = new StringBuilder("Apply failed with " + causes.size() + " conflicts: ");
        String last = "";
        for (Cause cause : causes) {
            if (!cause.message().equals(last)) {
                text.append(last.isEmpty() ? "" : "\n")
                        .append(cause.message().replaceFirst("conflict", "conflicts"))
                        .append(":");
                last = cause.message();
            }
            text.append("\n- ").append(cause.field());
        }
        return text.toString();
    }
}
