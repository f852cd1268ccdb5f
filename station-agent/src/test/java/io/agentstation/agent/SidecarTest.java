package io.agentstation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarTest {

    private final ManualTime time = new ManualTime();

    @TempDir
    private Path proc;

    @Test
    void aPortIsReadyAsLongAsSomethingListens() throws IOException {
        PortProbe probe;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            probe = new PortProbe(listening.getLocalPort());
            assertThat(probe.getAsBoolean()).isTrue();
        }

        assertThat(probe.getAsBoolean()).isFalse();
    }

    @Test
    void usageIsThatOfTheOtherProcesses() throws IOException {
        process("1", "pause", 5, 5, 10);
        process("17", "nginx: (worker) x", 100, 50, 512);
        process("99", "java", 9_000, 9_000, 99_999);
        PodResourceUsage usage = new PodResourceUsage(proc, 99, time.clock());

        process("17", "nginx: (worker) x", 700, 50, 512);
        process("18", "young", 100, 100, 256);
        time.pass(Duration.ofSeconds(10));

        assertThat(usage.cpuPercent()).isEqualTo(80);
        assertThat(usage.memoryMb()).isEqualTo(3.04);
        assertThat(usage.cpuPercent()).isZero();
    }

    @Test
    void aProcessThatHasEndedCountsNoMore() throws IOException {
        process("17", "nginx", 100, 50, 512);
        PodResourceUsage usage = new PodResourceUsage(proc, 99, time.clock());
        Files.delete(proc.resolve("17").resolve("stat"));

        assertThat(usage.memoryMb()).isZero();
        assertThat(usage.cpuPercent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1", "8080/tcp"})
    void aPortThatIsNoneIsRefused(String port) {
        AgentEnvironment environment = new AgentEnvironment(Map.of(AgentEnvironment.WATCH_PORT, port));

        assertThatThrownBy(environment::watchPort)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STATION_WATCH_PORT must be a port, 1 to 65535: " + port);
    }

    @Test
    void withoutAPortAProgramSpeaksForItself() {
        assertThat(new AgentEnvironment(Map.of()).watchPort()).isEmpty();
        assertThat(new AgentEnvironment(Map.of(AgentEnvironment.WATCH_PORT, "8080")).watchPort())
                .hasValue(8080);
    }

    private void process(String pid, String name, long user, long system, long pages) throws IOException {
        Path directory = Files.createDirectories(proc.resolve(pid));
        String stat = pid + " (" + name + ") S 0 1 1 0 -1 4194560 1 0 0 0 " + user + " " + system
                + " 0 0 20 0 1 0 100 1000000 " + pages + " 18446744073709551615 1 1";
        Files.writeString(directory.resolve("stat"), stat);
    }
}
