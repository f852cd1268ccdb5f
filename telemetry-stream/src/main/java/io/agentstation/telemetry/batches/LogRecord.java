package io.agentstation.telemetry.batches;

import io.agentstation.contracts.ids.AgentId;
import java.time.Instant;

/**
 * A message with its place in the log.
 *
 * @param appendTimeMs when the broker appended it, milliseconds since the epoch
 * @param offset       in the agent's partition
 */
public record LogRecord<M>(AgentId agent, M message, long appendTimeMs, long offset) {

    /** When the broker appended it. */
    public Instant appendTime() {
        return Instant.ofEpochMilli(appendTimeMs);
    }
}
