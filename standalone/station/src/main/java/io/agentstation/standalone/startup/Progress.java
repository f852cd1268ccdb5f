package io.agentstation.standalone.startup;

import io.agentstation.embedded.process.StartFailed;
import io.agentstation.standalone.failures.StationFailure;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the person at the console what has started and how long it took; one line per part, when it is there. */
public final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final PrintStream console;
    private final LongSupplier nanoTime;
    private final long begin;

    /** Progress that begins now. */
    public Progress(PrintStream console) {
        this(console, System::nanoTime);
    }

    Progress(PrintStream console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Prints a line as it is. */
    public void say(String line) {
        console.println(line);
        console.flush();
    }

    /**
     * Runs a step; when it has succeeded, prints its name and its seconds.
     *
     * @throws StationFailure when it has not
     */
    public <T> T step(String name, Callable<T> work) {
        long from = nanoTime.getAsLong();
        T result = run(name, work);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - from);
        say(String.format(Locale.ROOT, "  %-20s %5.1f s", name, seconds(took)));
        log.atInfo().addKeyValue("part", name).addKeyValue("took", took).log("started");
        return result;
    }

    private static <T> T run(String name, Callable<T> work) {
        try {
            return work.call();
        } catch (StationFailure | StartFailed e) {
            throw e;
        } catch (Exception e) {
            throw new StationFailure(name + " could not start: " + rootOf(e), e);
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** The seconds since the beginning, in words. */
    public String total() {
        return String.format(Locale.ROOT, "%.1f s", seconds(Duration.ofNanos(nanoTime.getAsLong() - begin)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
