package io.agentstation.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.embedded.process.StartFailed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    @TempDir
    private Path directory;

    @Test
    void keepsRecordsAndItsAddressAcrossARestart() throws Exception {
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            address = broker.bootstrapServers();
            records(broker).createTopic();
            records(broker).write("one", "two");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(records(broker).readAll()).containsExactly("one", "two");
        }
    }

    @Test
    void keepsAcknowledgedRecordsWhenKilled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            records(broker).createTopic();
            records(broker).write(KafkaRecords.numbered(5_000));

            Signals.kill9(broker.pid());
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(records(broker).readAll()).containsExactly(KafkaRecords.numbered(5_000));
        }
    }

    @Test
    void startsOnOtherPortsWhenItsOwnAreTaken() throws Exception {
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            address = broker.bootstrapServers();
            records(broker).createTopic();
            records(broker).write("kept");
        }

        try (ServerSocket client = occupy("client");
                ServerSocket controller = occupy("controller");
                EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThat(client.isBound() && controller.isBound()).isTrue();
            assertThat(broker.bootstrapServers()).isNotEqualTo(address);
            assertThat(records(broker).readAll()).containsExactly("kept");
        }
    }

    @Test
    void runsBesideAnotherAndOutlivesCtrlC(@TempDir Path otherDirectory) throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(directory);
                EmbeddedBroker other = EmbeddedBroker.start(otherDirectory.resolve("it's a directory"))) {
            Signals.interrupt(one.pid());
            records(one).createTopic();
            records(other).createTopic();
            records(one).write("of one");
            records(other).write("of the other");

            assertThat(records(one).readAll()).containsExactly("of one");
            assertThat(records(other).readAll()).containsExactly("of the other");
        }
    }

    @Test
    void refusesAPathThatKafkaWouldTakeForTwo() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("a,b")))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("a,b");
    }

    private ServerSocket occupy(String name) throws Exception {
        Properties ports = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve("ports.properties"))) {
            ports.load(reader);
        }
        return new ServerSocket(Integer.parseInt(ports.getProperty(name)), 1, InetAddress.getLoopbackAddress());
    }

    private static KafkaRecords records(EmbeddedBroker broker) {
        return new KafkaRecords(broker.bootstrapServers(), "kept.records");
    }
}
