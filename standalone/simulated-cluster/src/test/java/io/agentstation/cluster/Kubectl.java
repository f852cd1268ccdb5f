package io.agentstation.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kubectl of this machine, on a kubeconfig. */
final class Kubectl implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Path directory;
    private final Path kubeconfig;
    private final List<Process> streams = new ArrayList<>();

    /** @param directory of the caller, for kubectl's cache and outputs */
    Kubectl(Path directory, Path kubeconfig) {
        this.directory = directory;
        this.kubeconfig = kubeconfig;
    }

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    /** Runs a command that must succeed, in the namespace {@code agents}; returns what it printed. */
    String run(String... arguments) {
        Path output = output();
        Process process = start(output, arguments);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl " + List.of(arguments) + " did not end:\n" + text(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "kubectl " + List.of(arguments) + " ended with " + process.exitValue() + ":\n" + text(output));
        }
        return text(output);
    }

    /** Starts a command that does not end by itself; returns the file that its output goes to. */
    Path stream(String... arguments) {
        Path output = output();
        streams.add(start(output, arguments));
        return output;
    }

    static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("reading kubectl's output", e);
        }
    }

    @Override
    public void close() {
        streams.forEach(Process::destroyForcibly);
    }

    private Path output() {
        try {
            return Files.createTempFile(directory, "kubectl-", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException("a file for kubectl's output", e);
        }
    }

    private Process start(Path output, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "kubectl",
                "--kubeconfig",
                kubeconfig.toString(),
                "--cache-dir",
                directory.resolve("cache").toString(),
                "-n",
                "agents"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("HOME", directory.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("starting kubectl", e);
        }
    }
}
