package io.agentstation.standalone.prepared;

import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes the prepared servers, by starting each on a directory of its own and stopping it in order. */
public final class Preparation {

    private Preparation() {}

    /**
     * Makes both below a directory; what such a directory held before is replaced.
     *
     * @throws io.agentstation.embedded.process.StartFailed when one does not start
     */
    public static void make(Path directory) throws IOException {
        cassandra(empty(directory.resolve(PreparedServers.CASSANDRA)));
        broker(empty(directory.resolve(PreparedServers.BROKER)));
    }

    private static void cassandra(Path directory) throws IOException {
        try (EmbeddedCassandra node = EmbeddedCassandra.start(directory)) {
            SchemaMigrations.apply(StoreSettings.at(node.contactPoint()));
        }
        // Each change of the schema is flushed when it is acknowledged. What may be in the commit log alone is that a
        // migration
        // was applied: a start without it applies the migration again, which changes nothing.
        keep(directory, List.of("data"));
    }

    private static void broker(Path directory) throws IOException {
        try (EmbeddedBroker node = EmbeddedBroker.start(directory)) {
            TopicCreation.run(node.bootstrapServers());
        }
        keep(directory, List.of("data"));
    }

    private static Path empty(Path directory) throws IOException {
        Trees.delete(directory);
        return Files.createDirectories(directory);
    }

    // Ports, settings, locks and logs are of one process.
    private static void keep(Path directory, List<String> names) throws IOException {
        List<Path> others;
        try (Stream<Path> found = Files.list(directory)) {
            others = found.filter(path -> !names.contains(path.getFileName().toString()))
                    .toList();
        }
        for (Path other : others) {
            Trees.delete(other);
        }
    }
}
