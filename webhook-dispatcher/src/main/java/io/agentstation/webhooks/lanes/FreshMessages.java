package io.agentstation.webhooks.lanes;

import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a lane at rest was offered and has neither delivered nor stored, oldest first. Guarded by its lane. */
final class FreshMessages {

    /**
     * One of them.
     *
     * @param settled completes when it is delivered, given up or stored
     */
    record Fresh(WaitingMessage message, Webhook webhook, CompletableFuture<Void> settled) {

        void settle(@Nullable Throwable failure) {
            if (failure == null) {
                settled.complete(null);
            } else {
                settled.completeExceptionally(failure);
            }
        }
    }

    private final Deque<Fresh> all = new ArrayDeque<>();

    Fresh add(WaitingMessage message, Webhook webhook) {
        Fresh fresh = new Fresh(message, webhook, new CompletableFuture<>());
        all.add(fresh);
        return fresh;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Optional<Fresh> first() {
        return Optional.ofNullable(all.peek());
    }

    Fresh removeFirst() {
        return all.remove();
    }

    List<Fresh> removeAll() {
        List<Fresh> taken = List.copyOf(all);
        all.clear();
        return taken;
    }

    /** When the message with this sequence is settled; empty when it is not here. */
    Optional<CompletableFuture<Void>> settlementOf(long sequence) {
        return all.stream()
                .filter(fresh -> fresh.message().sequence() == sequence)
                .findFirst()
                .map(Fresh::settled);
    }
}
