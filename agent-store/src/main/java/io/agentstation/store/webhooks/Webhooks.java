package io.agentstation.store.webhooks;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.store.secrets.SecretSeal;
import io.agentstation.store.session.Store;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Table {@code webhooks}: only written conditionally, so that no late write brings a deleted subscription back. All wait. */
public final class Webhooks {

    private static final String INSERT = """
            INSERT INTO webhooks (workspace, webhook_id, url, events, agent_id, labels, description, enabled, created_at,
              secret)
            VALUES (:workspace, :webhook_id, :url, :events, :agent_id, :labels, :description, :enabled, :created_at,
              :secret) IF NOT EXISTS""";
    private static final String CHANGE = """
            UPDATE webhooks SET url = :url, events = :events, agent_id = :agent_id, labels = :labels,
              description = :description, enabled = :enabled, disabled_reason = :disabled_reason,
              failing_since = :failing_since
            WHERE workspace = :workspace AND webhook_id = :webhook_id IF created_at != null""";
    private static final String ROTATE = """
            UPDATE webhooks SET secret = :secret, previous_secret = :previous_secret, previous_until = :previous_until
            WHERE workspace = :workspace AND webhook_id = :webhook_id IF secret = :previous_secret""";
    private static final String DISABLE = """
            UPDATE webhooks SET enabled = false, disabled_reason = :reason
            WHERE workspace = :workspace AND webhook_id = :webhook_id IF enabled = true""";
    private static final String DELETE = """
            DELETE FROM webhooks
            WHERE workspace = :workspace AND webhook_id = :webhook_id IF created_at != null""";

    private final Store store;
    private final SecretSeal seal;
    private final PreparedStatement insert;
    private final PreparedStatement change;
    private final PreparedStatement rotate;
    private final PreparedStatement disable;
    private final PreparedStatement delete;
    private final PreparedStatement find;
    private final PreparedStatement list;

    /** Subscriptions whose secrets are sealed with {@link SecretSeal#ofWebhooks}. */
    public Webhooks(Store store, SecretSeal seal) {
        this.store = store;
        this.seal = seal;
        this.insert = store.prepare(INSERT);
        this.change = store.prepare(CHANGE);
        this.rotate = store.prepare(ROTATE);
        this.disable = store.prepare(DISABLE);
        this.delete = store.prepare(DELETE);
        this.find = store.prepare("SELECT * FROM webhooks WHERE workspace = :workspace AND webhook_id = :webhook_id");
        this.list = store.prepare("SELECT * FROM webhooks WHERE workspace = :workspace");
    }

    /** Stores a new subscription with its secret; a repetition with the same id changes nothing. */
    public void insert(WorkspaceId workspace, UUID id, WebhookChange wanted, Instant createdAt, String secret) {
        BoundStatement bound = bind(key(insert, workspace, id), wanted)
                .setInstant("created_at", createdAt)
                .setByteBuffer("secret", sealed(id, secret));
        store.compareAndSet(bound, () -> find(workspace, id).isPresent());
    }

    /**
     * Replaces what differs from what was read, and nothing else, so that two changes of different fields at a time both
     * stay, and one of them does not enable what was disabled meanwhile; enabling forgets how long it has failed.
     *
     * @return false when there is no such subscription any more
     */
    public boolean change(Webhook before, WebhookChange wanted) {
        return store.compareAndSet(
                differing(key(change, before.workspace(), before.id()), before, wanted),
                () -> find(before.workspace(), before.id())
                        .map(WebhookChange::of)
                        .filter(wanted::equals)
                        .isPresent());
    }

    /**
     * Puts a secret before the one that signs now, which goes on signing beside it for a while.
     *
     * @return false when another rotation, or a deletion, came between
     */
    public boolean rotate(Webhook before, String secret, Instant bothUntil) {
        ByteBuffer sealed = sealed(before.id(), secret);
        return store.compareAndSet(
                key(rotate, before.workspace(), before.id())
                        .setByteBuffer("secret", sealed)
                        .setByteBuffer(
                                "previous_secret",
                                ByteBuffer.wrap(before.secrets().current()))
                        .setInstant("previous_until", bothUntil),
                () -> find(before.workspace(), before.id())
                        .filter(now -> ByteBuffer.wrap(now.secrets().current()).equals(sealed))
                        .isPresent());
    }

    /** Disables a subscription and says why; one that is disabled already keeps its reason. */
    public void disable(WorkspaceId workspace, UUID id, String reason) {
        store.compareAndSet(
                key(disable, workspace, id).setString("reason", reason),
                () -> find(workspace, id).filter(Webhook::enabled).isEmpty());
    }

    /** Forgets a subscription; false when there was none. */
    public boolean delete(WorkspaceId workspace, UUID id) {
        return store.compareAndSet(
                key(delete, workspace, id), () -> find(workspace, id).isEmpty());
    }

    /** The subscription, if this workspace has it. */
    public Optional<Webhook> find(WorkspaceId workspace, UUID id) {
        return Optional.ofNullable(store.execute(key(find, workspace, id).setIdempotent(true))
                        .one())
                .filter(Webhooks::isWhole)
                .map(row -> read(workspace, row));
    }

    /** The subscription, if this workspace has it; without waiting. */
    public CompletionStage<Optional<Webhook>> findAsync(WorkspaceId workspace, UUID id) {
        return store.executeAsync(key(find, workspace, id).setIdempotent(true))
                .thenApply(rows -> Optional.ofNullable(rows.one())
                        .filter(Webhooks::isWhole)
                        .map(row -> read(workspace, row)));
    }

    /** Every subscription of a workspace, newest first. */
    public List<Webhook> of(WorkspaceId workspace) {
        List<Webhook> found = new ArrayList<>();
        store.rows(
                        list.bind().setString("workspace", workspace.value()).setIdempotent(true),
                        row -> isWhole(row) ? Optional.of(read(workspace, row)) : Optional.<Webhook>empty())
                .forEach(webhook -> webhook.ifPresent(found::add));
        return found;
    }

    // What is left when the health of an endpoint was noted just after its subscription was deleted.
    private static boolean isWhole(Row row) {
        return !row.isNull("created_at");
    }

    static BoundStatement key(PreparedStatement statement, WorkspaceId workspace, UUID id) {
        return statement.bind().setString("workspace", workspace.value()).setUuid("webhook_id", id);
    }

    private static BoundStatement bind(BoundStatement statement, WebhookChange wanted) {
        AgentId agent = wanted.filter().agent();
        return statement
                .setString("url", wanted.url())
                .setSet("events", wanted.filter().events(), String.class)
                .setUuid("agent_id", agent == null ? null : agent.value())
                .setMap("labels", wanted.filter().labels(), String.class, String.class)
                .setString("description", wanted.description())
                .setBoolean("enabled", wanted.enabled());
    }

    // What is not bound stays as it is.
    private static BoundStatement differing(BoundStatement statement, Webhook before, WebhookChange wanted) {
        BoundStatement bound = statement;
        if (!wanted.url().equals(before.url())) {
            bound = bound.setString("url", wanted.url());
        }
        if (!wanted.filter().events().equals(before.filter().events())) {
            bound = bound.setSet("events", wanted.filter().events(), String.class);
        }
        AgentId agent = wanted.filter().agent();
        if (!Objects.equals(agent, before.filter().agent())) {
            bound = bound.setUuid("agent_id", agent == null ? null : agent.value());
        }
        if (!wanted.filter().labels().equals(before.filter().labels())) {
            bound = bound.setMap("labels", wanted.filter().labels(), String.class, String.class);
        }
        if (!wanted.description().equals(before.description())) {
            bound = bound.setString("description", wanted.description());
        }
        if (wanted.enabled() != before.enabled()) {
            bound = bound.setBoolean("enabled", wanted.enabled())
                    .setString("disabled_reason", wanted.disabledReason(before));
            bound = wanted.enabled() ? bound.setInstant("failing_since", null) : bound;
        }
        return bound;
    }

    private ByteBuffer sealed(UUID id, String secret) {
        return ByteBuffer.wrap(seal.seal(id, SigningSecrets.NAME, secret));
    }

    private Webhook read(WorkspaceId workspace, Row row) {
        UUID id = row.get("webhook_id", UUID.class);
        UUID agent = row.getUuid("agent_id");
        Set<String> events = row.getSet("events", String.class);
        Map<String, String> labels = row.getMap("labels", String.class, String.class);
        return new Webhook(
                workspace,
                id,
                row.get("url", String.class),
                new WebhookFilter(
                        events == null ? Set.of() : events,
                        agent == null ? null : new AgentId(agent),
                        labels == null ? Map.of() : labels),
                row.get("description", String.class),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                row.get("created_at", Instant.class),
                new SigningSecrets(
                        seal,
                        id,
                        bytes(row.get("secret", ByteBuffer.class)),
                        row.isNull("previous_secret") ? null : bytes(row.get("previous_secret", ByteBuffer.class)),
                        row.getInstant("previous_until")),
                row.getInstant("failing_since"),
                row.getInstant("last_success_at"));
    }

    private static byte[] bytes(@Nullable ByteBuffer buffer) {
        byte[] bytes = new byte[buffer == null ? 0 : buffer.remaining()];
        if (buffer != null) {
            buffer.get(bytes);
        }
        return bytes;
    }
}
