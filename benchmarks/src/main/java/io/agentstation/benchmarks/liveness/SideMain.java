package io.agentstation.benchmarks.liveness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One side in a process of its own. */
public final class SideMain {

    static final String FIGURES_FILE = "figures.properties";

    // Long enough for the last commit of what was read.
    private static final Duration LAST_COMMIT = Duration.ofMillis(500);
    private static final int START_MINUTES = 15;

    private final SideTask task;
    private final Properties figures = new Properties();
    private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Side.Program program;
    private final Restores restores = new Restores();

    private SideMain(SideTask task) {
        this.task = task;
        this.program = task.side().program(meters);
    }

    /** Runs what the arguments say ({@link SideTask}). */
    public static void main(String[] arguments) throws Exception {
        new SideMain(SideTask.parse(arguments)).run();
    }

    private void run() throws Exception {
        KafkaStreams streams = new KafkaStreams(program.topology(), task.streamsProperties());
        try {
            start(streams);
            new Window(program.heartbeats(), task.heartbeats(), task.brokerPid()).measure(figures);
            LockSupport.parkNanos(LAST_COMMIT.toNanos());
            measureHeap(streams);
            measureWrites(streams);
        } finally {
            streams.close(CloseOptions.timeout(Duration.ofSeconds(30))
                    .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
        write(task, figures);
    }

    private void start(KafkaStreams streams) throws Exception {
        CompletableFuture<Long> running = new CompletableFuture<>();
        streams.setGlobalStateRestoreListener(restores);
        streams.setUncaughtExceptionHandler(failure -> {
            running.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.complete(sinceStartMs());
            }
        });
        streams.start();
        figures.setProperty(Figure.RUNNING_MS, Long.toString(running.get(START_MINUTES, TimeUnit.MINUTES)));
        restores.write(figures);
    }

    /** How long this process has run. */
    static long sinceStartMs() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private void measureHeap(KafkaStreams streams) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        figures.setProperty(Figure.HEAP_BYTES, Long.toString(used));
        if (task.side() == Side.DETECTOR) {
            FactsSize.of(streams).write(figures);
        }
    }

    private void measureWrites(KafkaStreams streams) {
        String application = task.side().applicationId();
        Changelogs.totals(application, "byte-total", streams.metrics())
                .forEach((store, bytes) -> figures.setProperty(Figure.APPENDED_BYTES + store, bytes.toString()));
        Changelogs.totals(application, "record-send-total", streams.metrics())
                .forEach((store, count) -> figures.setProperty(Figure.APPENDED_RECORDS + store, count.toString()));
        long unhealthy = Side.counted(meters, "station.liveness.unhealthy.events");
        figures.setProperty(Figure.UNHEALTHY, Long.toString(unhealthy));
        long poison = Side.counted(meters, "station.liveness.poison");
        figures.setProperty(Figure.POISON, Long.toString(poison));
    }

    static void write(SideTask task, Properties figures) throws IOException {
        try (OutputStream file = Files.newOutputStream(task.directory().resolve(FIGURES_FILE))) {
            figures.store(file, null);
        }
    }
}
