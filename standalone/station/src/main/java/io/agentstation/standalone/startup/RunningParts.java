package io.agentstation.standalone.startup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that run, and their orderly end. */
public final class RunningParts {

    private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

    private record Part(String name, AutoCloseable stop) {}

    private final Map<StopOrder, List<Part>> parts = new EnumMap<>(StopOrder.class);
    private boolean stopping;

    /** Remembers a part that runs. One that comes while the station stops is left to the end of the process. */
    public synchronized void add(StopOrder order, String name, AutoCloseable stop) {
        parts.computeIfAbsent(order, o -> new ArrayList<>()).add(new Part(name, stop));
    }

    /** Whether nothing runs that would have to be stopped. */
    public synchronized boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether the end has begun. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /**
     * Stops every part, stage by stage; the parts of a stage at the same time. A part that fails or hangs is logged and
     * does not keep the others from stopping. Only the first call does anything.
     */
    public void stop() {
        if (beginStop()) {
            for (StopOrder order : StopOrder.values()) {
                stop(order, partsOf(order));
            }
        }
    }

    private synchronized boolean beginStop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    private synchronized List<Part> partsOf(StopOrder order) {
        return List.copyOf(parts.getOrDefault(order, List.of()));
    }

    private static void stop(StopOrder order, List<Part> stage) {
        CountDownLatch left = new CountDownLatch(stage.size());
        for (Part part : stage) {
            Thread thread = new Thread(() -> stop(part, left), "stop-" + part.name());
            thread.setDaemon(true);
            thread.start();
        }
        try {
            if (!left.await(order.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn()
                        .addKeyValue("stage", order)
                        .addKeyValue("limit", order.limit())
                        .log("did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Part part, CountDownLatch left) {
        long from = System.nanoTime();
        try {
            part.stop().close();
            log.atInfo()
                    .addKeyValue("part", part.name())
                    .addKeyValue("tookMs", (System.nanoTime() - from) / 1_000_000)
                    .log("stopped");
        } catch (Exception e) {
            log.atWarn().addKeyValue("part", part.name()).setCause(e).log("did not stop in order");
        } finally {
            left.countDown();
        }
    }
}
