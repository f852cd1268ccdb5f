package io.agentstation.liveness.detection;

import io.agentstation.liveness.silence.StallTracker.LogClock;

/**
 * How things stand in a partition at one moment.
 *
 * @param clock     its log time and stalls
 * @param gateways  how many are expected to tick
 * @param agents    how many are remembered, terminal and unknown ones included
 * @param armed     how many have a time at which they will be looked at: the size of the deadline index
 * @param watched   of how many the silence counts
 * @param unhealthy how many of these are silent
 */
public record Census(LogClock clock, int gateways, int agents, int armed, long watched, long unhealthy) {}
