package io.agentstation.cluster.images;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says why and ends with code 1, shortly after its start. */
final class CrashingProgram implements ContainerProgram {

    static final int EXIT_CODE = 1;

    private static final Duration LIFE = Duration.ofMillis(300);

    private final ScheduledExecutorService timers;

    CrashingProgram(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    @Override
    public Running start(Map<String, String> environment, Container container) {
        container.log("starting");
        var end = timers.schedule(() -> crash(container), LIFE.toMillis(), TimeUnit.MILLISECONDS);
        return () -> end.cancel(false);
    }

    private static void crash(Container container) {
        container.log("fatal: " + SimulatedImage.CRASH_LOOP.repository() + " ends with exit code " + EXIT_CODE);
        container.exited(EXIT_CODE);
    }
}
