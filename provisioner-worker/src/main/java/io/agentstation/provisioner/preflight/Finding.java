package io.agentstation.provisioner.preflight;

/**
 * One thing that was looked at.
 *
 * @param severity what follows from it
 * @param sentence what was found and, unless it is well, what to do next
 */
public record Finding(Severity severity, String sentence) {

    /** What follows from a finding. */
    public enum Severity {
        /** As it should be. */
        OK,
        /** Agents run, but something of what they are promised is missing. */
        WARNING,
        /** No agent can run. */
        FATAL
    }

    static Finding ok(String sentence) {
        return new Finding(Severity.OK, sentence);
    }

    static Finding warning(String sentence) {
        return new Finding(Severity.WARNING, sentence);
    }

    static Finding fatal(String sentence) {
        return new Finding(Severity.FATAL, sentence);
    }

    /** Whether no agent can run. */
    public boolean isFatal() {
        return severity == Severity.FATAL;
    }

    /** Whether there is anything to do. */
    public boolean isProblem() {
        return severity != Severity.OK;
    }
}
