package io.agentstation.embedded.kafka;

import io.agentstation.embedded.process.ChildLife;
import io.agentstation.embedded.process.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** The broker's process. */
public final class BrokerMain implements EmbeddedServer {

    private final Path directory;
    private volatile @Nullable KafkaRaftServer server;

    private BrokerMain(Path directory) {
        this.directory = directory;
    }

    /** Runs the broker of the directory given as the only argument until standard input ends. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        ChildLife.run(directory, new BrokerMain(directory));
    }

    @Override
    public void start() throws Exception {
        formatOnce();
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        server = starting;
        starting.startup();
    }

    @Override
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    // meta.properties is written last, in one step: where it exists, the directory is formatted.
    private void formatOnce() throws Exception {
        Path data = BrokerConfiguration.data(directory);
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .run();
    }

    private Properties properties() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BrokerConfiguration.file(directory))) {
            properties.load(reader);
        }
        return properties;
    }
}
