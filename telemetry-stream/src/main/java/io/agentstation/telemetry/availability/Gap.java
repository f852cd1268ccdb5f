package io.agentstation.telemetry.availability;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/**
 * A time between two heartbeats that was held to be no silence, and for which the detector may still say that it was one:
 * its word can come after the heartbeat that ended it.
 *
 * @param anchorMs from where intervals were counted, observed time
 */
record Gap(HeartbeatMode mode, long fromMs, long fromObserved, long toMs, long toObserved, long anchorMs) {

    Span.Moment from() {
        return new Span.Moment(fromMs, fromObserved);
    }

    Span.Moment to() {
        return new Span.Moment(toMs, toObserved);
    }
}
