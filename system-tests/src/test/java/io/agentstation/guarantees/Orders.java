package io.agentstation.guarantees;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A client that creates agents one after another, deletes every third, and notes what was acknowledged; a station may be away. */
final class Orders implements AutoCloseable {

    private static final int EVERY = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final Queue<String> deleted = new ConcurrentLinkedQueue<>();
    private final Queue<String> maybeDeleted = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> run;
    private volatile StationClient client;
    private volatile boolean ended;
    private final AtomicInteger unanswered = new AtomicInteger();

    Orders(StationClient client) {
        this.client = client;
        this.run = thread.submit(this::order);
    }

    /** From now on to this station. */
    void speakTo(StationClient other) {
        client = other;
    }

    /** Waits until so many more creates have been acknowledged. */
    void awaitFurther(int creates) {
        int before = created.size();
        Awaitility.await(creates + " further creates are acknowledged")
                .atMost(Duration.ofMinutes(2))
                .until(() -> created.size() >= before + creates);
    }

    /** Gives no further order; returns when the last is answered. */
    void end() throws Exception {
        ended = true;
        run.get(60, TimeUnit.SECONDS);
    }

    /** Every 201 is ACTIVE and every accepted delete TERMINATED. */
    void awaitCarriedOut(Duration most) {
        if (!wrong.isEmpty()) {
            throw new AssertionError("answers that are neither success nor 503: " + wrong);
        }
        for (String agent : created) {
            if (deleted.contains(agent)) {
                client.awaitState(agent, "TERMINATED", most);
            } else if (maybeDeleted.contains(agent)) {
                Awaitility.await("agent " + agent + ", whose delete had no answer, has come to rest")
                        .atMost(most)
                        .until(() -> List.of("ACTIVE", "TERMINATED").contains(client.state(agent)));
            } else {
                client.awaitState(agent, "ACTIVE", most);
            }
        }
    }

    private void order() {
        for (int i = 0; !ended; i++) {
            String name = "order-" + i;
            attempt(() -> {
                StationClient.Answer answer = client.post("/api/agents", "{\"name\":\"" + name + "\"}");
                if (isAccepted(answer, 201)) {
                    created.add(answer.body().at("/agent/uuid").asString());
                }
            });
            if (i % EVERY == EVERY - 1) {
                created.stream()
                        .filter(agent -> !maybeDeleted.contains(agent))
                        .findFirst()
                        .ifPresent(this::delete);
            }
            Awaitility.await("the next order").pollDelay(PAUSE).until(() -> true);
        }
    }

    private void delete(String agent) {
        maybeDeleted.add(agent);
        attempt(() -> {
            if (isAccepted(client.delete("/api/agents/" + agent), 200, 202)) {
                deleted.add(agent);
            }
        });
    }

    private boolean isAccepted(StationClient.Answer answer, int... accepted) {
        for (int status : accepted) {
            if (answer.status() == status) {
                return true;
            }
        }
        if (answer.status() == 503) {
            unanswered.incrementAndGet();
        } else {
            wrong.add(String.valueOf(answer));
        }
        return false;
    }

    /** An order whose answer is lost may have been carried out or not: either is right. */
    private void attempt(Runnable order) {
        try {
            order.run();
        } catch (UncheckedIOException stationIsAway) {
            unanswered.incrementAndGet();
        }
    }

    @Override
    public String toString() {
        return "creates acknowledged: " + created.size() + ", deletes acknowledged: " + deleted.size()
                + ", not acknowledged: " + unanswered;
    }

    @Override
    public void close() {
        ended = true;
        thread.shutdownNow();
    }
}
