package io.agentstation.telemetry.availability;

/** Whether an agent's silence counts. */
enum Watch {
    /** From its next heartbeat on. */
    AWAITED,
    /** Since its last heartbeat. */
    ON,
    /** Not, and its heartbeats change nothing: it was scaled to nothing. */
    OFF,
    /** Not again: it was deleted. */
    ENDED,
    /** Not again, and nothing more will be heard of it. */
    GONE
}
