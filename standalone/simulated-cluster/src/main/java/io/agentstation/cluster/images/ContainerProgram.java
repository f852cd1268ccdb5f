package io.agentstation.cluster.images;

import java.util.Map;
import java.util.Optional;

/** What a container of some image does while it runs. */
public interface ContainerProgram {

    /** What a program can see of its container. All calls may come from any thread. */
    interface Container {

        /** The name of its pod. */
        String pod();

        /** Whether a container of the same pod listens on the port, as a probe over the pod's loopback address would find. */
        boolean isListening(int port);

        /** Writes a line to the container's log. */
        void log(String line);

        /** The program has ended by itself. */
        void exited(int code);
    }

    /** A program at work. */
    interface Running extends AutoCloseable {

        /** What it answers to an HTTP request; empty when it does not answer. */
        default Optional<String> page() {
            return Optional.empty();
        }

        /** Ends it at once, as SIGKILL does. */
        @Override
        void close();
    }

    /**
     * Starts the program; must not block.
     *
     * @param environment references resolved; to be read now and not kept: a thousand agents have two thousand of them
     */
    Running start(Map<String, String> environment, Container container);
}
