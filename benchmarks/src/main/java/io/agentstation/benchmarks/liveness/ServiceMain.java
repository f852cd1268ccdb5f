package io.agentstation.benchmarks.liveness;

import io.agentstation.liveness.DetectorHealth;
import io.agentstation.liveness.LivenessDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service in a process of its own: how long from the start of the process to RUNNING. */
public final class ServiceMain {

    private static final Duration POLL = Duration.ofMillis(5);

    private ServiceMain() {}

    /** Runs what the arguments say ({@link SideTask}). */
    public static void main(String[] arguments) throws IOException {
        SideTask task = SideTask.parse(arguments);
        Path key = task.directory().resolve("station-key");
        Files.writeString(key, Appender.keyText());
        Properties figures = new Properties();
        try (ConfigurableApplicationContext context = LivenessDetector.start(Map.of(
                "spring.kafka.bootstrap-servers",
                task.bootstrapServers(),
                "station.key-file",
                key,
                "station.liveness.state-dir",
                task.directory().resolve("state"),
                "station.liveness.metrics.port",
                0))) {
            DetectorHealth health = context.getBean(DetectorHealth.class);
            while (!health.isReady()) {
                LockSupport.parkNanos(POLL.toNanos());
            }
            figures.setProperty(Figure.RUNNING_MS, Long.toString(SideMain.sinceStartMs()));
        }
        SideMain.write(task, figures);
    }
}
