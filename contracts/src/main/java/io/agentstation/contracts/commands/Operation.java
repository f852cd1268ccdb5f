package io.agentstation.contracts.commands;

/** What a command asks for, without its values. */
public enum Operation {
    PROVISION,
    UPDATE,
    SCALE,
    RESTART,
    DRAIN,
    RESUME,
    DEPROVISION,
    KILL
}
