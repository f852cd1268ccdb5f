package io.agentstation.embedded;

import java.nio.file.Path;

/**
 * One EmbeddedCassandra for all tests of a JVM, started when first asked for. It ends with the JVM and its directory is
 * deleted; tests keep apart by the names they use in it.
 */
public final class SharedCassandra {

    private SharedCassandra() {}

    /** The shared one; the first call takes some seconds, the others none. */
    public static EmbeddedCassandra get() {
        return Holder.SHARED;
    }

    private static final class Holder {

        static final EmbeddedCassandra SHARED = start();

        private static EmbeddedCassandra start() {
            Path directory = TemporaryDirectory.create("cassandra");
            EmbeddedCassandra started = EmbeddedCassandra.start(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, directory), "end-shared-cassandra"));
            return started;
        }

        private static void end(EmbeddedCassandra started, Path directory) {
            started.close();
            TemporaryDirectory.delete(directory);
        }
    }
}
