package io.agentstation.standalone.prepared;

import io.agentstation.embedded.kafka.ClusterIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What the build has prepared for a new station: a Cassandra that has its schema, a broker that has its topics, and neither
 * a row nor a record. Without it the servers make the same themselves, a statement at a time, in some seconds.
 *
 * @param directory where they are; empty when this JVM was not told of any
 */
public record PreparedServers(Optional<Path> directory) {

    static final String CASSANDRA = "cassandra";
    static final String BROKER = "kafka";

    private static final String PROPERTY = "station.prepared";

    /** As this JVM was told. */
    public static PreparedServers ofThisJvm() {
        return new PreparedServers(
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of));
    }

    /** Gives a new station its Cassandra; does nothing to one that exists, or without a prepared one. */
    public void copyCassandra(Path target) throws IOException {
        Optional<Path> copy = copy(CASSANDRA, target);
        if (copy.isPresent()) {
            Files.move(copy.get(), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Gives a new station its broker, as a cluster of its own; does nothing to one that exists, or without a prepared one. */
    public void copyBroker(Path target) throws IOException {
        Optional<Path> copy = copy(BROKER, target);
        if (copy.isPresent()) {
            ClusterIdentity.renew(copy.get());
            Files.move(copy.get(), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    // Beside the target, which is there whole or not at all; what an interrupted start left is made anew.
    private Optional<Path> copy(String name, Path target) throws IOException {
        Optional<Path> prepared = directory.map(found -> found.resolve(name)).filter(Files::isDirectory);
        if (prepared.isEmpty() || Files.exists(target)) {
            return Optional.empty();
        }
        Path next = target.resolveSibling(target.getFileName() + ".next");
        Trees.delete(next);
        Trees.copy(prepared.get(), next);
        return Optional.of(next);
    }
}
