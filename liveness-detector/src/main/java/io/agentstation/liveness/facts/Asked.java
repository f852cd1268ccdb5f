package io.agentstation.liveness.facts;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.commands.Issuer;
import io.agentstation.contracts.ids.CommandId;
import org.jspecify.annotations.Nullable;

/**
 * The fact that something was asked for.
 *
 * @param offset      in {@code agent.commands}
 * @param triggeredBy the issuer's id, or {@code system} for the Station
 */
record Asked(
        CommandId commandId,
        long offset,
        String triggeredBy,
        @Nullable String reason) {

    static final String SYSTEM = "system";
    // An agent's facts are one record of the changelog, which the broker refuses above 1 MB.
    private static final int MAX_REASON = 1_000;
    private static final int MAX_BRIEF_REASON = 200;
    private static final int MAX_ISSUER = 100;

    static Asked by(AgentCommand command, long offset) {
        return new Asked(
                command.commandId(),
                offset,
                triggeredBy(command),
                clip(command.meta().reason()));
    }

    /** The one that was asked first. */
    static Asked first(@Nullable Asked known, Asked other) {
        return known == null || other.offset < known.offset ? other : known;
    }

    static String triggeredBy(AgentCommand command) {
        Issuer issuer = command.meta().issuer();
        return issuer.kind() == Issuer.Kind.USER ? cut(issuer.id(), MAX_ISSUER) : SYSTEM;
    }

    /** A reason that is kept for each of many commands. */
    static @Nullable String brief(@Nullable String reason) {
        return reason == null ? null : cut(reason, MAX_BRIEF_REASON);
    }

    static @Nullable String clip(@Nullable String reason) {
        return reason == null ? null : cut(reason, MAX_REASON);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
