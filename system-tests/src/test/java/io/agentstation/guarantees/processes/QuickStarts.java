package io.agentstation.guarantees.processes;

import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.ClassArchives;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.standalone.prepared.PreparedServers;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What starts the processes of the tests in half the time, as {@code ./station build} prepares it for a machine: archives of
 * loaded classes (JEP 350), and servers that have their schema and their topics. Made by the first who needs it, and kept
 * beside what was compiled until that changes.
 */
public final class QuickStarts {

    private static final int SERVER_MEGABYTES = 384;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    // Empty where classes are in folders, as in an IDE, since only those in jars can be archived.
    private final Optional<Path> directory;

    private QuickStarts(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Those of this run; the first call takes a minute unless an earlier run has made them. */
    public static QuickStarts get() {
        return Holder.OF_THIS_RUN;
    }

    private static final class Holder {
        static final QuickStarts OF_THIS_RUN =
                new QuickStarts(TestClassPath.isOfJars() ? Optional.of(QuickStartRecording.find()) : Optional.empty());
    }

    /** The flags of a JVM that runs a whole station. */
    public List<String> ofAStation() {
        return directory.map(QuickStartRecording::flagsOfAStation).orElse(List.of());
    }

    /** The flags of a JVM that runs one of its services: a station has loaded their classes, all of them. */
    List<String> ofAService() {
        return directory.map(QuickStartRecording::sharedClasses).orElse(List.of());
    }

    /** Starts a broker that has the station's topics, when the directory is new; otherwise starts it on what is there. */
    public EmbeddedBroker broker(Path target) {
        return broker(target, settings());
    }

    /** Does so with other settings. */
    public EmbeddedBroker broker(Path target, JvmSettings settings) {
        try {
            servers().copyBroker(target);
        } catch (IOException e) {
            throw new UncheckedIOException("no broker could be copied to " + target, e);
        }
        EmbeddedBroker broker = EmbeddedBroker.start(target, settings);
        if (directory.isEmpty()) {
            TopicCreation.run(broker.bootstrapServers());
        }
        return broker;
    }

    /** Starts a Cassandra that has the station's schema, when the directory is new; otherwise starts it on what is there. */
    public EmbeddedCassandra cassandra(Path target) {
        return cassandra(target, settings());
    }

    /** Does so with other settings. */
    public EmbeddedCassandra cassandra(Path target, JvmSettings settings) {
        try {
            servers().copyCassandra(target);
        } catch (IOException e) {
            throw new UncheckedIOException("no Cassandra could be copied to " + target, e);
        }
        EmbeddedCassandra cassandra = EmbeddedCassandra.start(target, settings);
        if (directory.isEmpty()) {
            SchemaMigrations.apply(StoreSettings.at(cassandra.contactPoint()));
        }
        return cassandra;
    }

    private PreparedServers servers() {
        return new PreparedServers(directory.map(QuickStartRecording::servers));
    }

    /** A small server's settings. */
    public JvmSettings settings() {
        return new JvmSettings(
                TestClassPath.all(), SERVER_MEGABYTES, START_TIMEOUT, new ClassArchives(directory, false), false);
    }
}
