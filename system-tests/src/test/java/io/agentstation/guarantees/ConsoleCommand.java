package io.agentstation.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstation.guarantees.processes.QuickStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of {@code ./station} that ends by itself.
 *
 * @param code    its exit code
 * @param console all that it printed
 */
record ConsoleCommand(int code, String console) {

    private static final long PATIENCE_SECONDS = 90;

    static ConsoleCommand run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path console = Files.createTempFile(directory, "console-", ".log");
        List<String> command = StationJvm.command(QuickStarts.get().ofAStation(), List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(List.of(arguments) + " did not end:\n" + Files.readString(console, UTF_8));
        }
        return new ConsoleCommand(process.exitValue(), Files.readString(console, UTF_8));
    }
}
