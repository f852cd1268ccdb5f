package io.agentstation.gateway.ticks;

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

    private Position position = Position.WAITING;

    /** Lets ticks through from now on; whoever starts the whole station calls this. Can be repeated. */
    public synchronized void open() {
        if (position == Position.WAITING) {
            position = Position.OPEN;
        }
    }

    /** Lets none through any more: this gateway stops. */
    synchronized void shut() {
        position = Position.SHUT;
    }

    /** Whether ticks may pass. */
    public synchronized boolean isOpen() {
        return position == Position.OPEN;
    }
}
