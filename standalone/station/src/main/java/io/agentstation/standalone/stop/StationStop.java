package io.agentstation.standalone.stop;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.failures.StationFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a station to end in order, as Ctrl-C does, and waits. */
public final class StationStop {

    private static final double MILLIS = 1_000.0;

    private StationStop() {}

    /**
     * Returns what to say when the station has ended.
     *
     * @throws StationFailure when it runs on after the time-out; it is not ended by force
     */
    public static String run(RunningStation station, Duration timeout) {
        ProcessHandle process = station.process();
        long from = System.nanoTime();
        if (process.isAlive() && !process.destroy()) {
            throw new StationFailure("process " + process.pid() + ", the station on " + station.data()
                    + ", cannot be asked to stop: do it as the user who started it");
        }
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StationFailure(
                    "the station on " + station.data() + " was asked to stop, but process " + process.pid()
                            + " still runs after " + timeout.toSeconds()
                            + " s: see its logs with ./station logs, wait longer"
                            + " with --timeout, or end it by kill -9 " + process.pid()
                            + ", which loses nothing accepted",
                    e);
        } catch (ExecutionException e) {
            throw new StationFailure(
                    "the end of process " + process.pid() + " cannot be awaited: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StationFailure(
                    "the wait for process " + process.pid() + " was interrupted; it is still to stop", e);
        }
        double seconds = Duration.ofNanos(System.nanoTime() - from).toMillis() / MILLIS;
        return String.format(Locale.ROOT, "The station on %s has stopped (%.1f s)", station.data(), seconds);
    }
}
