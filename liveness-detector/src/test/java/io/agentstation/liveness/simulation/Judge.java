package io.agentstation.liveness.simulation;

import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.liveness.detection.Story;

/** Reads a partition's log and says who fell silent. */
interface Judge {

    /** An agent was made. */
    void made(int agent, Story story, long appendMs);

    /** A heartbeat was appended. */
    void heartbeat(int agent, HeartbeatMode mode, long appendMs);

    /** A tick or a farewell was appended. */
    void tick(Tick tick, long appendMs);

    /** Real time has moved on, whatever was appended. */
    void wall(long nowMs);

    /** What it has said. */
    Alarms alarms();
}
