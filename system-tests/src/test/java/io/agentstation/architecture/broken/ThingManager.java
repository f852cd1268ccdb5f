package io.agentstation.architecture.broken;

/** Has a name that says nothing. */
public final class ThingManager {}
