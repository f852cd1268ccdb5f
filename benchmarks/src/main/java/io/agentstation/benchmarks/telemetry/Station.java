package io.agentstation.benchmarks.telemetry;

import io.agentstation.embedded.EmbeddedBroker;
import io.agentstation.embedded.EmbeddedCassandra;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.standalone.topics.TopicCreation;
import io.agentstation.store.schema.SchemaMigrations;
import io.agentstation.store.session.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A broker and a Cassandra, as a laptop station runs them but with more heap and with C2, as nodes that carry a load have it. */
final class Station implements AutoCloseable {

    private static final int SERVER_MEGABYTES = 1_024;

    private final EmbeddedBroker broker;
    private final EmbeddedCassandra cassandra;
    private final StoreSettings settings;

    Station(Path directory) {
        JvmSettings jvm =
                JvmSettings.ofThisJvm().withHeapMegabytes(SERVER_MEGABYTES).asOnAServer();
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"), jvm);
        this.cassandra = EmbeddedCassandra.start(directory.resolve("cassandra"), jvm);
        this.settings = new StoreSettings(
                List.of(cassandra.contactPoint()),
                cassandra.localDatacenter(),
                "benchmark",
                1,
                Duration.ofSeconds(10),
                null);
        SchemaMigrations.apply(settings);
        TopicCreation.run(broker.bootstrapServers());
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    StoreSettings settings() {
        return settings;
    }

    Duration cassandraCpu() {
        return Jvm.cpu(cassandra.pid());
    }

    Duration brokerCpu() {
        return Jvm.cpu(broker.pid());
    }

    @Override
    public void close() {
        cassandra.close();
        broker.close();
    }
}
