package io.agentstation.cluster.images;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Another program that hangs some time after its start: its container runs on, but nothing is heard of it any more. */
final class HangingProgram implements ContainerProgram {

    private final ContainerProgram program;
    private final Duration life;
    private final ScheduledExecutorService timers;

    HangingProgram(ContainerProgram program, Duration life, ScheduledExecutorService timers) {
        this.program = program;
        this.life = life;
        this.timers = timers;
    }

    @Override
    public Running start(Map<String, String> environment, Container container) {
        Running running = program.start(environment, container);
        var hang = timers.schedule(
                () -> {
                    container.log("hangs from now on, " + life.toSeconds() + " s after its start: the container runs,"
                            + " the agent is silent");
                    running.close();
                },
                life.toMillis(),
                TimeUnit.MILLISECONDS);
        return new Hanging(running, hang);
    }

    /** Answers until it hangs. */
    private record Hanging(Running program, Future<?> hang) implements Running {

        @Override
        public Optional<String> page() {
            return hang.isDone() ? Optional.empty() : program.page();
        }

        @Override
        public void close() {
            hang.cancel(false);
            program.close();
        }
    }
}
