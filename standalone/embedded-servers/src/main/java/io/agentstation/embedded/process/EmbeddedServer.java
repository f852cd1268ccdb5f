package io.agentstation.embedded.process;

/** What a child JVM runs. */
public interface EmbeddedServer {

    /** Starts; returns when clients are served. */
    void start() throws Exception;

    /** Stops in order; may be called while starting. */
    void stop();
}
