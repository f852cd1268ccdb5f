package io.agentstation.guarantees.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Processes that are stopped by SIGSTOP until this is closed. */
public final class Suspension implements AutoCloseable {

    private final List<ProcessHandle> processes;

    /** A stopped process does not see that its parent ends. */
    private final Thread atTheEnd = new Thread(() -> signal("-CONT"), "end-suspension");

    private Suspension(List<ProcessHandle> processes) {
        this.processes = processes;
    }

    /** Stops them now. */
    public static Suspension of(List<ProcessHandle> processes) {
        Suspension suspension = new Suspension(List.copyOf(processes));
        Runtime.getRuntime().addShutdownHook(suspension.atTheEnd);
        suspension.signal("-STOP");
        return suspension;
    }

    /** Lets the time pass, see {@link #hold}. */
    public void holdFor(Duration time) {
        hold(time);
    }

    /** Lets the time pass: here the passing of time is what is tested. */
    public static void hold(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        signal("-CONT");
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }
}
