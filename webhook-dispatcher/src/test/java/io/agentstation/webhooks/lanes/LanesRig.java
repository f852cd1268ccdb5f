package io.agentstation.webhooks.lanes;

import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.webhooks.WebhookFilter;
import io.agentstation.store.webhooks.DeliveryAttempt;
import io.agentstation.store.webhooks.LaneKey;
import io.agentstation.store.webhooks.LaneProgress;
import io.agentstation.store.webhooks.RetryOwner;
import io.agentstation.store.webhooks.WaitingMessage;
import io.agentstation.store.webhooks.Webhook;
import io.agentstation.store.webhooks.WebhookChange;
import io.agentstation.webhooks.fixtures.MutableClock;
import io.agentstation.webhooks.fixtures.TestTables;
import io.agentstation.webhooks.sending.AttemptResult;
import io.agentstation.webhooks.sending.AttemptResult.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lanes on real tables with a clock that the test turns and a receiver that it plays. */
final class LanesRig implements AutoCloseable {

    static final int CONCURRENCY = 4;
    static final Instant START = Instant.parse("2026-11-22T08:02:00Z");

    /** What was sent. */
    record Sent(UUID webhook, String messageId, Instant at) {}

    final MutableClock clock = new MutableClock(START);
    final TestTables tables = TestTables.get();
    final WorkspaceId workspace =
            WorkspaceId.of("w" + UUID.randomUUID().toString().substring(0, 8));
    final RetryOwner owner = new RetryOwner("t-" + UUID.randomUUID(), 1);
    final List<Sent> sent = new ArrayList<>();
    int concurrency = CONCURRENCY;
    int recovering = 2;
    Duration storeAfter = Duration.ofMillis(200);
    volatile Function<Sent, CompletableFuture<AttemptResult>> receiver = message -> delivered();

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(3);

    /** A dispatcher's lanes; one more is another dispatcher. */
    Lanes lanes() {
        return lanes(owner);
    }

    /** The lanes of a dispatcher that owns this partition. */
    Lanes lanes(RetryOwner partition) {
        Lanes lanes = new Lanes(
                tables.lanes(),
                (webhook, id, body) -> send(new Sent(webhook.id(), id, clock.instant())),
                new AttemptLog(tables.log(), new HourCounts(tables.statistics(), clock)),
                new RetryPolicy(RetryPolicy.STANDARD, () -> 0),
                new LaneSettings(concurrency, recovering, storeAfter, Duration.ofDays(5), 100, 1),
                clock,
                executor);
        lanes.assigned(List.of(partition));
        return lanes;
    }

    private CompletableFuture<AttemptResult> send(Sent message) {
        synchronized (sent) {
            sent.add(message);
        }
        return receiver.apply(message);
    }

    static CompletableFuture<AttemptResult> delivered() {
        return answer(Kind.DELIVERED, 200, null);
    }

    static CompletableFuture<AttemptResult> failed() {
        return answer(Kind.FAILED, 500, null);
    }

    static CompletableFuture<AttemptResult> answer(Kind kind, int status, @Nullable Duration retryAfter) {
        return CompletableFuture.completedFuture(new AttemptResult(
                kind, status, Duration.ofMillis(5), "", kind == Kind.DELIVERED ? null : "answered", retryAfter));
    }

    Webhook webhook() {
        UUID id = idAt(START);
        tables.lanes()
                .webhooks()
                .insert(
                        workspace,
                        id,
                        new WebhookChange(
                                "https://example.com", new WebhookFilter(Set.of("*"), null, Map.of()), "", true),
                        START,
                        "whsec_AAAA");
        return find(id);
    }

    Webhook find(UUID id) {
        return tables.lanes().webhooks().find(workspace, id).orElseThrow();
    }

    static AgentId agent() {
        return new AgentId(idAt(START));
    }

    private static UUID idAt(Instant time) {
        UUID random = UUID.randomUUID();
        return new UUID(
                time.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff),
                random.getLeastSignificantBits());
    }

    Offer offer(Webhook webhook, AgentId agent, long sequence) {
        return offer(owner, webhook, agent, sequence);
    }

    Offer offer(RetryOwner partition, Webhook webhook, AgentId agent, long sequence) {
        return new Offer(
                partition,
                webhook,
                LaneKey.live(webhook.id(), agent),
                sequence,
                previous -> new WaitingMessage(
                        sequence, agent + "/" + sequence, "agent.updated", "{\"previous\":" + previous + "}"));
    }

    void take(Lanes lanes, Offer... offers) {
        lanes.take(List.of(offers), Duration.ofSeconds(60));
    }

    /** The sequences of an agent's messages in the order in which they were sent. */
    List<Long> sequences(AgentId agent) {
        synchronized (sent) {
            return sent.stream()
                    .map(Sent::messageId)
                    .filter(id -> id.startsWith(agent + "/"))
                    .map(id -> Long.valueOf(id.substring(id.indexOf('/') + 1)))
                    .toList();
        }
    }

    List<Sent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /** Ticks until this holds. */
    void tickUntil(Lanes lanes, java.util.concurrent.Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            lanes.tick();
            return holds.call();
        });
    }

    LaneProgress progress(Webhook webhook, AgentId agent) {
        return tables.lanes()
                .progress()
                .find(LaneKey.live(webhook.id(), agent))
                .toCompletableFuture()
                .join();
    }

    /** Attempts with an agent's messages, oldest first. */
    List<DeliveryAttempt> attempts(Webhook webhook) {
        UUID future = new UUID(Long.MAX_VALUE, -1);
        List<DeliveryAttempt> found = new ArrayList<>(tables.log().before(webhook.id(), future, Instant.now(), 1_000));
        java.util.Collections.reverse(found);
        return found;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
