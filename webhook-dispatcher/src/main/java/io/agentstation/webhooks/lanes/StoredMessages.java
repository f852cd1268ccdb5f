package io.agentstation.webhooks.lanes;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.ScheduledRetry;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the store of one lane, read a few messages at a time together with the subscription as it is then. What was
 * read is guarded by the lane.
 */
final class StoredMessages {

    private static final int BATCH = 16;

    /** What was read: messages in order, none when nothing waits, and the subscription, if it still exists. */
    record Found(List<WaitingMessage> messages, Optional<Webhook> webhook) {

        boolean isWanted() {
            return webhook.filter(Webhook::enabled).isPresent();
        }

        long last() {
            return messages.get(messages.size() - 1).sequence();
        }
    }

    private final LaneKey key;
    private final WorkspaceId workspace;
    private final LaneTables tables;
    private final Deque<WaitingMessage> loaded = new ArrayDeque<>();
    private @Nullable Webhook webhook;

    StoredMessages(LaneKey key, WorkspaceId workspace, LaneTables tables) {
        this.key = key;
        this.workspace = workspace;
        this.tables = tables;
    }

    /** Reads what comes after this sequence. */
    CompletionStage<Found> after(long sequence) {
        return tables.messages()
                .after(key, sequence, BATCH)
                .thenCombine(tables.webhooks().findAsync(workspace, key.webhook()), Found::new);
    }

    void keep(Found found) {
        webhook = found.webhook().orElseThrow();
        loaded.addAll(found.messages());
    }

    boolean isEmpty() {
        return loaded.isEmpty();
    }

    void forget() {
        loaded.clear();
    }

    /**
     * The next attempt, with what was kept.
     *
     * @param entry why the lane is tried now
     * @param early whether that is before its time
     */
    Attempt next(ScheduledRetry entry, boolean early, Instant now) {
        WaitingMessage head = loaded.remove();
        Webhook to = Objects.requireNonNull(webhook, "kept with the messages");
        boolean again = entry.attempts() > 0 && entry.sequence() == head.sequence();
        return again
                ? new Attempt(head, to, entry.attempts(), entry.firstAttemptAt(), early)
                : Attempt.first(head, to, now);
    }
}
