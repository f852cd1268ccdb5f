package io.agentstation.guarantees.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One service, or one negative control, in a JVM of its own that ends with this one. */
public final class ServiceProcess implements AutoCloseable {

    /** From the line that Kafka Streams prints before it leaves a living process without a thread that works. */
    private static final String STREAMS_ENDED = "opted to SHUTDOWN_CLIENT";

    private final Process process;
    private final Path output;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** How its JVM is set. */
    public enum Jvm {
        /** Half the start; for small loads. */
        SHORT_LIVED("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx256m"),

        /** What Java itself takes on a server, for what is measured. */
        SERVER("-XX:+UseG1GC -Xmx512m");

        private final String options;

        Jvm(String options) {
            this.options = options;
        }
    }

    /** Starts a main class; what it prints is kept in the directory under its name. */
    public static ServiceProcess start(String name, Path directory, String mainClass, List<String> arguments) {
        return start(Jvm.SHORT_LIVED, name, directory, mainClass, arguments);
    }

    /** Does so in such a JVM. */
    public static ServiceProcess start(Jvm jvm, String name, Path directory, String mainClass, List<String> arguments) {
        Path output = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvm.options.split(" ", -1)));
        command.addAll(QuickStarts.get().ofAService());
        command.addAll(List.of(EndsWithItsParent.class.getName(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("CLASSPATH", TestClassPath.all());
        try {
            return new ServiceProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Fails, with what it printed, when the process has ended, or when Kafka Streams has ended in it. */
    public void requireWorking() {
        String printed = printed();
        if (!process.isAlive() || printed.contains(STREAMS_ENDED)) {
            throw new AssertionError(output + " works no more:\n" + printed);
        }
    }

    private String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
