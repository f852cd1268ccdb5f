package io.agentstation.benchmarks.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this class path in a JVM of its own, the same JVM for every side. */
final class Jvm implements AutoCloseable {

    private static final int PATIENCE_MINUTES = 20;

    private final Process process;
    private final Path output;

    private Jvm(Process process, Path output) {
        this.process = process;
        this.output = output;
        // However the benchmark ends, it leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static Jvm start(Class<?> program, Path output, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + Plan.HEAP_MEGABYTES + "m",
                "-Xmx" + Plan.HEAP_MEGABYTES + "m",
                "-XX:+UseParallelGC",
                "-Djava.net.preferIPv4Stack=true"));
        command.addAll(List.of(System.getProperty("station.benchmark.jvm", "").split(" ", -1)).stream()
                .filter(option -> !option.isBlank())
                .toList());
        command.add(program.getName());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new Jvm(builder.start(), output);
    }

    /** Waits for the end; returns what it printed, line by line. */
    List<String> lines() throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        List<String> lines = Files.readAllLines(output);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException("a process of the benchmark failed:\n" + String.join("\n", lines));
        }
        return lines;
    }

    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the writer has ended:\n" + Files.readString(output));
        }
    }

    long pid() {
        return process.pid();
    }

    /** The processor time that a process has used. */
    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
