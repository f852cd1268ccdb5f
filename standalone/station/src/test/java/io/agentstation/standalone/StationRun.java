package io.agentstation.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One command in a process of its own, from its start to its end.
 *
 * @param code its exit code
 * @param console all that it printed
 */
record StationRun(int code, String console) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Runs a command that ends by itself. */
    static StationRun of(Path directory, String... arguments) throws IOException, InterruptedException {
        Path console = Files.createTempFile(directory, "console-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Station.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("still running: " + Files.readString(console, UTF_8));
        }
        return new StationRun(process.exitValue(), Files.readString(console, UTF_8));
    }
}
