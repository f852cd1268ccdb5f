package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.session.Store;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How the endpoints of subscriptions do: columns of table {@code webhooks} that are observed, not decided. They are written
 * without a condition, since all subscriptions of a workspace share one partition, and 50 endpoints that fail at a time would be 50
 * rounds of Paxos over it. What is noted between the look for a subscription and its deletion stays as a row that nobody reads.
 */
public final class WebhookHealth {

    private static final String FAILING = """
            UPDATE webhooks SET failing_since = :at WHERE workspace = :workspace AND webhook_id = :webhook_id""";
    private static final String SUCCESS = """
            UPDATE webhooks SET failing_since = null, last_success_at = :at
            WHERE workspace = :workspace AND webhook_id = :webhook_id""";

    private final Store store;
    private final Webhooks webhooks;
    private final PreparedStatement failing;
    private final PreparedStatement success;

    public WebhookHealth(Store store, Webhooks webhooks) {
        this.store = store;
        this.webhooks = webhooks;
        this.failing = store.prepare(FAILING);
        this.success = store.prepare(SUCCESS);
    }

    /** Notes since when no attempt has succeeded; nothing when the subscription is gone. */
    public CompletionStage<?> failingSince(WorkspaceId workspace, UUID id, Instant at) {
        return note(failing, workspace, id, at);
    }

    /** Notes a success; nothing when the subscription is gone. */
    public CompletionStage<?> succeeded(WorkspaceId workspace, UUID id, Instant at) {
        return note(success, workspace, id, at);
    }

    private CompletionStage<?> note(PreparedStatement statement, WorkspaceId workspace, UUID id, Instant at) {
        return webhooks.findAsync(workspace, id)
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(null)
                        : store.executeAsync(Webhooks.key(statement, workspace, id)
                                .setInstant("at", at)
                                .setIdempotent(true)));
    }
}
