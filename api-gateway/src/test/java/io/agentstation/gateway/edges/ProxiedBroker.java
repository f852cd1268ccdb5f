package io.agentstation.gateway.edges;

import io.agentstation.embedded.kafka.BrokerConfiguration;
import io.agentstation.embedded.kafka.BrokerMain;
import io.agentstation.embedded.process.ChildProcess;
import io.agentstation.embedded.process.ChildSpec;
import io.agentstation.embedded.process.JvmSettings;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * A broker that tells its clients the address of a proxy as its own: whoever asks it where to go, and every client does, goes
 * through the proxy, wherever he has asked.
 */
final class ProxiedBroker implements AutoCloseable {

    private final Path directory = Files.createTempDirectory("proxied-broker-");
    private final TcpProxy proxy = new TcpProxy();
    private final ChildProcess broker;

    /** A running one, with the station's topics. */
    ProxiedBroker() throws IOException {
        this.broker = ChildProcess.start(new ChildSpec(
                "kafka",
                directory,
                BrokerMain.class,
                List.of(),
                BrokerConfiguration.PORT_NAMES,
                this::configure,
                JvmSettings.ofThisJvm()));
        Station.createTopics(proxy.address());
    }

    private void configure(Path files, Map<String, Integer> ports) throws IOException {
        BrokerConfiguration.write(files, ports);
        proxy.to("127.0.0.1:" + ports.get(BrokerConfiguration.CLIENT_PORT));
        // Of two lines with one key the last counts.
        Files.writeString(
                files.resolve("server.properties"),
                "\nadvertised.listeners=CLIENT://" + proxy.address() + "\n",
                StandardOpenOption.APPEND);
    }

    /** What stands before it. */
    TcpProxy proxy() {
        return proxy;
    }

    /** Where it listens itself. */
    String itself() {
        return broker.address(BrokerConfiguration.CLIENT_PORT);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        proxy.close();
        if (!FileSystemUtils.deleteRecursively(directory)) {
            throw new IOException("was not there to be deleted: " + directory);
        }
    }
}
