package io.agentstation.liveness.watch;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/** A mode as two bits; they are stored, so a mode keeps its number for ever. */
final class ModeBits {

    static final int MASK = 0b11;

    private ModeBits() {}

    static int of(HeartbeatMode mode) {
        return switch (mode) {
            case EMERGENCY -> 0;
            case IDLE -> 1;
            case SLEEP -> 2;
        };
    }

    static HeartbeatMode mode(int bits) {
        return switch (bits & MASK) {
            case 0 -> HeartbeatMode.EMERGENCY;
            case 1 -> HeartbeatMode.IDLE;
            case 2 -> HeartbeatMode.SLEEP;
            default -> throw new IllegalStateException("no mode has the stored number " + (bits & MASK));
        };
    }
}
