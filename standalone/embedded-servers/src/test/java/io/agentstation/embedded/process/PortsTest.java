package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir
    private Path directory;

    @Test
    void remembersWhatItChose() throws Exception {
        Map<String, Integer> first = ports().choose(List.of("a", "b"));

        Map<String, Integer> second = ports().choose(List.of("a", "b"));

        assertThat(second).isEqualTo(first);
        assertThat(first.values()).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 32_000);
    }

    @Test
    void choosesAnotherForAPortThatIsTaken() throws Exception {
        Map<String, Integer> first = ports().choose(List.of("a", "b"));

        try (ServerSocket other = new ServerSocket(first.getOrDefault("a", 0), 1, InetAddress.getLoopbackAddress())) {
            Map<String, Integer> second = ports().choose(List.of("a", "b"));

            assertThat(second.get("a")).isNotEqualTo(other.getLocalPort());
            assertThat(second.get("b")).isEqualTo(first.get("b"));
        }
        assertThat(ports().areFree()).isTrue();
    }

    @Test
    void forgetsWhatIsNoPort() throws Exception {
        Files.writeString(directory.resolve("ports"), "a=x\nb=70000\nc=\n");

        assertThat(ports().choose(List.of("a", "b", "c"))).hasSize(3);
    }

    private Ports ports() {
        return new Ports(directory.resolve("ports"));
    }
}
