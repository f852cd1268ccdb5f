package io.agentstation.embedded;

import io.agentstation.embedded.kafka.BrokerConfiguration;
import io.agentstation.embedded.kafka.BrokerMain;
import io.agentstation.embedded.process.ChildProcess;
import io.agentstation.embedded.process.ChildSpec;
import io.agentstation.embedded.process.JvmSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A Kafka broker with one node in a child JVM. What it has acknowledged survives the end of its process, {@code kill -9}
 * included, though not a power failure: flushing is left to the operating system.
 */
public final class EmbeddedBroker implements RunningServer {

    private final ChildProcess child;

    private EmbeddedBroker(ChildProcess child) {
        this.child = child;
    }

    /** Starts a broker on a directory of its own, with the parent's class path; returns when it serves clients. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, JvmSettings.ofThisJvm());
    }

    /**
     * Starts a broker on a directory of its own; returns when it serves clients.
     *
     * @throws io.agentstation.embedded.process.StartFailed when it does not become ready, with the reason
     */
    public static EmbeddedBroker start(Path directory, JvmSettings settings) {
        ChildSpec spec = new ChildSpec(
                "kafka",
                directory,
                BrokerMain.class,
                List.of(),
                BrokerConfiguration.PORT_NAMES,
                BrokerConfiguration::write,
                settings);
        return new EmbeddedBroker(ChildProcess.start(spec));
    }

    /** Where clients connect, host:port on the loopback address; kept across restarts while the port is free. */
    public String bootstrapServers() {
        return child.address(BrokerConfiguration.CLIENT_PORT);
    }

    @Override
    public String address() {
        return bootstrapServers();
    }

    @Override
    public long pid() {
        return child.pid();
    }

    /** Whether the child runs. */
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    /** Stops the broker in order within 3 s, or by force; further calls do nothing. */
    @Override
    public void close() {
        child.close();
    }
}
