package io.agentstation.store.webhooks;

import io.agentstation.contracts.ids.WorkspaceId;
import java.time.Instant;

/**
 * When a lane that waits is tried next.
 *
 * @param sequence       the message that was tried last, or is to be tried first
 * @param attempts       how often that message has been tried
 * @param firstAttemptAt when it was tried first, or stored
 */
public record ScheduledRetry(
        LaneKey lane, WorkspaceId workspace, Instant due, long sequence, int attempts, Instant firstAttemptAt) {}
