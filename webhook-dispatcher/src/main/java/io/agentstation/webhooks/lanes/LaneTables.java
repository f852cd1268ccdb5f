package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.RetrySchedule;
import io.agentstation.store.webhooks.WaitingLanes;
import io.agentstation.store.webhooks.WaitingMessages;
import io.agentstation.store.webhooks.WebhookHealth;
import io.agentstation.store.webhooks.WebhookProgress;
import io.agentstation.store.webhooks.Webhooks;

/** The tables that lanes live in. */
public record LaneTables(
        Webhooks webhooks,
        WebhookHealth health,
        WebhookProgress progress,
        WaitingMessages messages,
        RetrySchedule schedule,
        WaitingLanes waiting) {}
