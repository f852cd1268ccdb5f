package io.agentstation.contracts.ticks;

/**
 * When the ingest path of a partition last stood still; log-append times, epoch milliseconds, 0 for never.
 *
 * @param endMs     end of the last stall (E); moves with each tick while one lasts
 * @param longEndMs end of the last stall that was an outage (E_long)
 */
public record Stalls(long endMs, long longEndMs) {}
