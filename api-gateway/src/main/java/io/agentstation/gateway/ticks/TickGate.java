package io.agentstation.gateway.ticks;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Holds ticks back until all of the station is ready: before that, agents are not to be judged. Once open, or once
 * {@link #shut}, it stays so.
 */
public final class TickGate {

    private enum Position {
        WAITING,
        OPEN,
        SHUT
    }

    private final LongSupplier nanoTime;
    private Position position = Position.WAITING;
    private OptionalLong openedAt = OptionalLong.empty();

    /** A gate that waits. */
    public TickGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Lets ticks through from now on; whoever starts the whole station calls this. Can be repeated. */
    public synchronized void open() {
        if (position == Position.WAITING) {
            position = Position.OPEN;
            openedAt = OptionalLong.of(nanoTime.getAsLong());
        }
    }

    /** Lets none through any more: this gateway stops. */
    synchronized void shut() {
        position = Position.SHUT;
    }

    /** When it was opened, by its own clock; empty when it never was. */
    public synchronized OptionalLong openedAt() {
        return openedAt;
    }

    /** Whether ticks may pass. */
    public synchronized boolean isOpen() {
        return position == Position.OPEN;
    }
}
