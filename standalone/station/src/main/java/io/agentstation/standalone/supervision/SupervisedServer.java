package io.agentstation.standalone.supervision;

import io.agentstation.embedded.RunningServer;
import io.agentstation.embedded.process.StartFailed;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is started again when it ends although nobody asked it to: up to three times within ten minutes, on the same
 * address, so that its clients find it again by themselves. While the disk is full it waits for room, for as long as it
 * takes. When it gives up, it says why, once.
 */
public final class SupervisedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SupervisedServer.class);
    private static final Duration LOOK_FOR_ROOM = Duration.ofSeconds(1);

    /**
     * Whom to tell.
     *
     * @param console gets a sentence for each end and each start
     * @param ended   gets the sentence with which the station has to end
     */
    public record Voice(Consumer<String> console, Consumer<String> ended) {}

    private final String name;
    private final Path logFile;
    private final Supplier<RunningServer> starter;
    private final BooleanSupplier diskIsFull;
    private final Voice voice;
    private final RestartBudget budget;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable RunningServer running;

    /**
     * Starts nothing yet.
     *
     * @param name    for people
     * @param logFile where they can read more
     */
    public SupervisedServer(
            String name, Path logFile, Supplier<RunningServer> starter, BooleanSupplier diskIsFull, Voice voice) {
        this(name, logFile, starter, diskIsFull, voice, new RestartBudget(System::nanoTime));
    }

    SupervisedServer(
            String name,
            Path logFile,
            Supplier<RunningServer> starter,
            BooleanSupplier diskIsFull,
            Voice voice,
            RestartBudget budget) {
        this.name = name;
        this.logFile = logFile;
        this.starter = starter;
        this.diskIsFull = diskIsFull;
        this.voice = voice;
        this.budget = budget;
    }

    /**
     * The first start.
     *
     * @return where clients connect from now on
     * @throws StartFailed when it does not become ready
     */
    public String start() {
        return adopt(starter.get()).address();
    }

    private synchronized RunningServer adopt(RunningServer started) {
        running = started;
        if (isClosed()) {
            started.close();
            return started;
        }
        var unused = started.onExit().thenAccept(code -> {
            if (!isClosed()) {
                Thread restart = new Thread(() -> restart(started.address(), code), "restart-" + name);
                restart.setDaemon(true);
                restart.start();
            }
        });
        return started;
    }

    private void restart(String address, int code) {
        say("%s ended with exit code %d; it is started again (its log: %s)".formatted(name, code, logFile));
        String last = "";
        while (!isClosed()) {
            awaitRoom();
            Optional<Duration> pause = budget.take();
            if (pause.isEmpty()) {
                voice.ended()
                        .accept("%s ended more than %d times within %d minutes, so the station stops too; see %s%s"
                                .formatted(name, RestartBudget.MOST, RestartBudget.WITHIN.toMinutes(), logFile, last));
                return;
            }
            if (closesWithin(pause.get())) {
                return;
            }
            try {
                again(address);
                return;
            } catch (StartFailed | UncheckedIOException e) {
                log.atWarn().addKeyValue("server", name).setCause(e).log("could not be started again");
                last = System.lineSeparator() + e.getMessage();
            }
        }
    }

    private void again(String address) {
        long from = System.nanoTime();
        RunningServer server = adopt(starter.get());
        long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
        if (server.address().equals(address)) {
            say("%s runs again (after %d s)".formatted(name, seconds));
        } else {
            voice.ended()
                    .accept(name + " could not have its address " + address
                            + " again, which another program has taken, so the station stops too: start it again");
        }
    }

    private void awaitRoom() {
        if (diskIsFull.getAsBoolean()) {
            say(name + " waits for room on the disk");
            while (diskIsFull.getAsBoolean() && !closesWithin(LOOK_FOR_ROOM)) {
                log.atDebug().addKeyValue("server", name).log("waits for room on the disk");
            }
        }
    }

    private void say(String sentence) {
        log.atInfo().addKeyValue("server", name).log(sentence);
        voice.console().accept(sentence);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private boolean closesWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops the server in order and starts it no more. */
    @Override
    public void close() {
        closed.countDown();
        RunningServer last;
        synchronized (this) {
            last = running;
        }
        if (last != null) {
            last.close();
        }
    }
}
