package io.agentstation.benchmarks.liveness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A program of this class path in a JVM of its own, the same JVM for all: its figures when it has ended. */
final class Child implements AutoCloseable {

    private static final int PATIENCE_MINUTES = 40;

    private final String name;
    private final Process process;
    private final Path directory;

    private Child(String name, Process process, Path directory) {
        this.name = name;
        this.process = process;
        this.directory = directory;
    }

    static Child start(Class<?> program, int heapMegabytes, Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                program.getName()));
        command.addAll(arguments);
        Files.createDirectories(directory);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(directory).toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new Child(program.getSimpleName() + " " + arguments.get(0), builder.start(), directory);
    }

    /**
     * Waits for the end.
     *
     * @throws IllegalStateException when it failed or did not end; the message has what it printed
     */
    Properties figures() throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(name + (ended ? " failed" : " did not end in " + PATIENCE_MINUTES + " min")
                    + ":\n" + Files.readString(output(directory)));
        }
        Properties figures = new Properties();
        try (InputStream file = Files.newInputStream(directory.resolve(SideMain.FIGURES_FILE))) {
            figures.load(file);
        }
        return figures;
    }

    /** Ends it, should it still run. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Path output(Path directory) {
        return directory.resolve("output");
    }
}
