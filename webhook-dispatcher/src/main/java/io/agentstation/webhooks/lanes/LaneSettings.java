package io.agentstation.webhooks.lanes;

import java.time.Duration;

/**
 * How lanes are worked.
 *
 * @param concurrency  attempts at a time to one endpoint
 * @param recovering   how many of them may be with lanes that are woken because it answers again; 0 wakes none
 * @param storeAfter   how long a new message may be tried before it is stored
 * @param disableAfter how long an endpoint may fail before it is disabled
 * @param lanesInMemory of each partition, those at rest included
 * @param readers      how many take messages side by side
 */
public record LaneSettings(
        int concurrency, int recovering, Duration storeAfter, Duration disableAfter, int lanesInMemory, int readers) {}
