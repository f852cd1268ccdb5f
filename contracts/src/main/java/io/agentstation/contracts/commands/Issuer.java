package io.agentstation.contracts.commands;

/**
 * Who asked.
 *
 * @param kind what sort of issuer
 * @param id   the uuid of the key's owner, the uuid of the agent itself, or the policy's name
 */
public record Issuer(Kind kind, String id) {

    /** Who can ask. */
    public enum Kind {
        /** A person or program with an API key, or an agent with its own token. */
        USER,
        /** The Station itself: a policy or a time-out. */
        STATION
    }
}
