package io.agentstation.liveness.facts;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/** The first heartbeat of an agent. */
record FirstHeard(HeartbeatMode mode, double uptimeSeconds, long atMs) {}
