package io.agentstation.benchmarks.telemetry;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bare loop: one thread that inserts single rows, prepared and asynchronous, so many of them unacknowledged. It decodes
 * nothing, reads nothing, projects nothing. Prints a line for each concurrency: concurrency, rows a second, CPU seconds.
 */
public final class LoopMain {

    /** Swept in this order. */
    static final List<Integer> CONCURRENCIES = List.of(16, 32, 64, 128, 256, 512);

    private static final int WARM_UP_CONCURRENCY = 128;

    private final CqlSession session;
    private final Kind kind;
    private final PreparedStatement insert;
    private final List<UUID> agents;
    private long number;

    private LoopMain(CqlSession session, Kind kind, int agents) {
        this.session = session;
        this.kind = kind;
        this.insert = session.prepare(kind.insert());
        this.agents =
                IntStream.range(0, agents).mapToObj(i -> Load.agent(i).value()).toList();
    }

    /** Arguments: contact point, datacenter, keyspace, kind, agents, rows at each concurrency. */
    public static void main(String[] arguments) throws InterruptedException {
        StoreSettings settings =
                new StoreSettings(List.of(arguments[0]), arguments[1], arguments[2], 1, Duration.ofSeconds(10), null);
        int rows = Integer.parseInt(arguments[5]);
        try (CqlSession session = StoreSession.openBare(settings)) {
            session.execute("USE " + settings.keyspace());
            LoopMain loop = new LoopMain(session, Kind.valueOf(arguments[3]), Integer.parseInt(arguments[4]));
            loop.insert(2 * rows, WARM_UP_CONCURRENCY);
            for (int concurrency : CONCURRENCIES) {
                loop.measure(rows, concurrency);
            }
        }
    }

    private void measure(int rows, int concurrency) throws InterruptedException {
        long cpu = cpuNanos();
        long from = System.nanoTime();
        insert(rows, concurrency);
        double seconds = (System.nanoTime() - from) / 1e9;
        System.out.println(Figures.format("%d %.0f %.3f", concurrency, rows / seconds, (cpuNanos() - cpu) / 1e9));
    }

    private void insert(int rows, int concurrency) throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (int i = 0; i < rows; i++) {
            free.acquire();
            UUID agent = agents.get((int) (number % agents.size()));
            var unused = session.executeAsync(kind.bind(insert, agent, Instant.now(), number++))
                    .whenComplete((done, problem) -> {
                        if (problem != null) {
                            failure.compareAndSet(null, problem);
                        }
                        free.release();
                    });
        }
        free.acquire(concurrency);
        Throwable problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("an insert of the loop failed", problem);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
