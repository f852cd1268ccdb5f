package io.agentstation.cluster.kubelet;

import java.util.Map;

/** What a container of some image does while it runs. */
interface ContainerProgram {

    /** What a program can see of its container. All calls may come from any thread. */
    interface Container {

        /** The environment, references resolved. */
        Map<String, String> environment();

        /** Writes a line to the container's log. */
        void log(String line);

        /** The program has ended by itself. */
        void exited(int code);
    }

    /** A program at work. */
    interface Running extends AutoCloseable {

        /** Ends it at once, as the pod's deletion does. */
        @Override
        void close();
    }

    /** Starts the program; must not block. */
    Running start(Container container);
}
