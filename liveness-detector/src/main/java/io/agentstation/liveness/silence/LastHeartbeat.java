package io.agentstation.liveness.silence;

import io.agentstation.contracts.heartbeats.HeartbeatMode;

/**
 * The newest heartbeat of an agent.
 *
 * @param atMs log-append time, epoch milliseconds
 */
public record LastHeartbeat(HeartbeatMode mode, long atMs) {}
