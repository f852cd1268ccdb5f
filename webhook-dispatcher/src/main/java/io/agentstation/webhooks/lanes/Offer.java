package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.util.function.LongFunction;

/**
 * A message for a lane.
 *
 * @param owner   the partition that it comes from
 * @param message makes it, from the sequence of the message before it in the lane (0 when it is the first)
 */
public record Offer(
        RetryOwner owner, Webhook webhook, LaneKey lane, long sequence, LongFunction<WaitingMessage> message) {}
