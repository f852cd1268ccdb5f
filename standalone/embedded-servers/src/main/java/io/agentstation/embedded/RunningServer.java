package io.agentstation.embedded;

import java.util.concurrent.CompletableFuture;

/** A server in a child JVM of this process. */
public interface RunningServer extends AutoCloseable {

    /** Where its clients connect, host:port on the loopback address; kept across restarts while the port is free. */
    String address();

    /** The child's process id. */
    long pid();

    /** Completes with the exit code when the child has ended, for whatever reason. */
    CompletableFuture<Integer> onExit();

    /** Stops the server in order within 3 s, or by force; further calls do nothing. */
    @Override
    void close();
}
