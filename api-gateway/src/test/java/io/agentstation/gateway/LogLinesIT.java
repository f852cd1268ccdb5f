package io.agentstation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a gateway that is a process of its own prints is for programs: one JSON object on each line. */
final class LogLinesIT {

    @Test
    void everyLineIsAnObject() throws Exception {
        // Without the tests' own configuration of the log, and without settings: it says why it cannot start.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder gateway = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                ApiGateway.class.getName(),
                "--station.key-file=/there/is/none");
        gateway.environment().put("CLASSPATH", classPath);
        Process process = gateway.redirectErrorStream(true).start();

        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        List<String> lines = printed.lines().toList();
        assertThat(process.waitFor()).isNotZero();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode entry = Wire.mapper().readTree(line);
            assertThat(entry.path("@timestamp").isString()).isTrue();
            assertThat(entry.path("level").isString()).isTrue();
            assertThat(entry.path("message").isString()).isTrue();
        });
        // Which of the two is missed first is the order of beans.
        assertThat(printed).containsAnyOf("/there/is/none", "station.store.contact-points");
    }
}
