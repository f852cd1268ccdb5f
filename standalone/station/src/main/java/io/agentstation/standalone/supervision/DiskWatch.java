package io.agentstation.standalone.supervision;

import io.agentstation.standalone.preflight.FreeSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells the person at the console when the disk gets full, and when there is room again. */
public final class DiskWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Path directory;
    private final DiskRoom room;
    private final Consumer<String> console;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "disk-watch");
        thread.setDaemon(true);
        return thread;
    });
    private boolean wasFull;

    /** A watch that does not look yet. */
    public DiskWatch(Path directory, DiskRoom room, Consumer<String> console) {
        this.directory = directory;
        this.room = room;
        this.console = console;
    }

    /** Looks every second until it is closed. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    void look() {
        boolean isFull = room.isFull();
        if (isFull && !wasFull) {
            console.accept("The disk of " + directory + " is full: less than " + FreeSpace.words(DiskRoom.FULL_BELOW)
                    + " are free. What cannot be stored is refused with 503, what was accepted is kept. Free "
                    + FreeSpace.words(DiskRoom.ROOM_FROM) + " or more: the station goes on by itself");
        } else if (!isFull && wasFull) {
            console.accept("The disk of " + directory + " has room again: the station goes on");
        }
        wasFull = isFull;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
