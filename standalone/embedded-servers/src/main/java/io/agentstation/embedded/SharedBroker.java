package io.agentstation.embedded;

import java.nio.file.Path;

/**
 * One EmbeddedBroker for all tests of a JVM, started when first asked for. It ends with the JVM and its directory is
 * deleted; tests keep apart by the names they use in it.
 */
public final class SharedBroker {

    private SharedBroker() {}

    /** The shared one; the first call takes some seconds, the others none. */
    public static EmbeddedBroker get() {
        return Holder.SHARED;
    }

    private static final class Holder {

        static final EmbeddedBroker SHARED = start();

        private static EmbeddedBroker start() {
            Path directory = TemporaryDirectory.create("broker");
            EmbeddedBroker started = EmbeddedBroker.start(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, directory), "end-shared-broker"));
            return started;
        }

        private static void end(EmbeddedBroker started, Path directory) {
            started.close();
            TemporaryDirectory.delete(directory);
        }
    }
}
