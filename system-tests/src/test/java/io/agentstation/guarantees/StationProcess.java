package io.agentstation.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.guarantees.processes.QuickStarts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A whole station as {@code ./station up} runs it, in its own process on its own data directory. */
final class StationProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);
    private static final String READY = "Agent Station is ready on ";

    private final Path data;
    private final Path console;
    private final Process process;

    private StationProcess(Path data, Path console, Process process) {
        this.data = data;
        this.console = console;
        this.process = process;
    }

    /** Starts a station on the directory and waits until it says that it is ready. */
    static StationProcess up(Path data, String... moreArguments) {
        StationProcess station = launch(data, moreArguments);
        station.awaitReady();
        return station;
    }

    /** Does so on a machine where nothing was prepared: the servers make their schema and their topics themselves. */
    static StationProcess upUnprepared(Path data) {
        StationProcess station = launch(data, List.of());
        station.awaitReady();
        return station;
    }

    /** Starts a station on the directory and does not wait. */
    static StationProcess launch(Path data, String... moreArguments) {
        return launch(data, QuickStarts.get().ofAStation(), moreArguments);
    }

    private static StationProcess launch(Path data, List<String> jvmFlags, String... moreArguments) {
        try {
            Path console = Files.createTempFile(data.getParent(), "console-", ".log");
            List<String> typed = new ArrayList<>(List.of("up", "--data", data.toString(), "--port", "0"));
            typed.addAll(List.of(moreArguments));
            // What a killed JVM cannot delete goes with the test's directory.
            List<String> flags = new ArrayList<>(List.of("-Djava.io.tmpdir=" + data.getParent()));
            flags.addAll(jvmFlags);
            List<String> command = StationJvm.command(flags, typed);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile())
                    .start();
            return new StationProcess(data, console, process);
        } catch (IOException e) {
            throw new UncheckedIOException("the station could not be started on " + data, e);
        }
    }

    private void awaitReady() {
        Awaitility.await("station ready on " + data)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the station ended while it started:\n", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the station ended while it started:\n" + console());
                    }
                })
                .until(() -> console().contains(READY));
    }

    /** What it has printed so far. */
    String console() {
        return text(console);
    }

    /** The address of its API, as its ready line says. */
    String url() {
        String text = console();
        int at = text.indexOf(READY) + READY.length();
        return text.substring(at).lines().findFirst().orElseThrow().split("[\\s,;]", 2)[0];
    }

    /** The first key, from its file. */
    String key() {
        return text(data.resolve("api-key")).strip();
    }

    /** The addresses that it publishes. */
    JsonNode endpoints() {
        return Wire.mapper().readTree(text(data.resolve("endpoints.json")));
    }

    /** A client with the first key. */
    StationClient client() {
        return new StationClient(url(), key());
    }

    long pid() {
        return process.pid();
    }

    /** Every process of the station: itself and its children. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
    }

    /** kill -9 of the station's own process; waits until it and its children are gone. */
    void kill() {
        List<ProcessHandle> all = processes();
        process.destroyForcibly();
        Awaitility.await("no process left of a killed station")
                .atMost(Duration.ofSeconds(15))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** SIGTERM; returns how long the station took to end. */
    Duration stop() {
        List<ProcessHandle> all = processes();
        long from = System.nanoTime();
        process.destroy();
        Awaitility.await("station ended after SIGTERM")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** Whether it ended by itself within the time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
