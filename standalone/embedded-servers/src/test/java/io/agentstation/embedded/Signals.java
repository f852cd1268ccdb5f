package io.agentstation.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send. */
final class Signals {

    private Signals() {}

    /** {@code kill -9}: no hook runs, nothing is flushed by the process. */
    static void kill9(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        ProcessHandle.of(pid)
                .ifPresent(handle ->
                        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** What Ctrl-C sends to every process of the terminal. */
    static void interrupt(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
    }
}
