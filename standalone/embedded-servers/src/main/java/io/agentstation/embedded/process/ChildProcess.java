package io.agentstation.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running child JVM; it ends when this process does, when {@link #close} is called, or by itself. */
public final class ChildProcess implements AutoCloseable {

    /** How long a start waits for an earlier child of the same directory to be gone. */
    static final Duration LOCK_WAIT = Duration.ofSeconds(15);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);

    private final ChildSpec spec;
    private final Map<String, Integer> ports;
    private final Process process;

    private ChildProcess(ChildSpec spec, Map<String, Integer> ports, Process process) {
        this.spec = spec;
        this.ports = ports;
        this.process = process;
    }

    /**
     * Starts a child and waits until it is ready. Its ports are those of its last start where they are free.
     *
     * @throws StartFailed when another process holds the directory, or the child ends or is not ready in time
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static ChildProcess start(ChildSpec spec) {
        try {
            Files.createDirectories(spec.log().getParent());
            // The ports of a child that is still ending are not free yet: first the directory, then the ports.
            awaitDirectory(spec);
            return startWithPorts(spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("the start of " + spec.component() + " was interrupted", e);
        }
    }

    private static ChildProcess startWithPorts(ChildSpec spec) throws IOException, InterruptedException {
        Ports ports = new Ports(spec.directory().resolve("ports.properties"));
        try {
            return startOnce(spec, ports.choose(spec.portNames()));
        } catch (StartFailed e) {
            if (ports.areFree()) {
                throw e;
            }
            log.atWarn().addKeyValue("component", spec.component()).log("a port was taken meanwhile: others are tried");
            return startOnce(spec, ports.choose(spec.portNames()));
        }
    }

    private static ChildProcess startOnce(ChildSpec spec, Map<String, Integer> ports)
            throws IOException, InterruptedException {
        spec.configuration().write(spec.directory(), ports);
        Files.deleteIfExists(readyFile(spec.directory()));
        ChildProcess child = new ChildProcess(spec, ports, ChildCommand.of(spec).start());
        child.awaitReady();
        return child;
    }

    static Path readyFile(Path directory) {
        return directory.resolve("ready");
    }

    private static void awaitDirectory(ChildSpec spec) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
        while (!isUnlocked(spec.directory())) {
            if (System.nanoTime() > deadline) {
                throw new StartFailed("%s cannot start: %s is still held by %s after %d s"
                        .formatted(
                                spec.component(),
                                spec.directory(),
                                DirectoryLock.holder(spec.directory()),
                                LOCK_WAIT.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private static boolean isUnlocked(Path directory) throws IOException {
        Optional<DirectoryLock> lock = DirectoryLock.tryTake(directory);
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isPresent();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + spec.settings().startTimeout().toNanos();
        while (!Files.exists(readyFile(spec.directory()))) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartFailed("%s ended with exit code %d before it was ready; its last lines:%n%s"
                        .formatted(spec.component(), process.exitValue(), LogTail.of(spec)));
            }
            if (System.nanoTime() > deadline) {
                destroy();
                throw new StartFailed("%s was not ready after %d s; its last lines:%n%s"
                        .formatted(
                                spec.component(), spec.settings().startTimeout().toSeconds(), LogTail.of(spec)));
            }
        }
    }

    /** The loopback address, host:port, that the child listens on under one of its port names. */
    public String address(String portName) {
        return "127.0.0.1:" + ports.get(portName);
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the child runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the child has ended, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the child to end in order, waits at most 3 s, then ends it by force, which loses nothing. Further calls do nothing. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn()
                        .addKeyValue("component", spec.component())
                        .addKeyValue("pid", pid())
                        .log("did not stop in time and is ended by force");
                destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Duration stopTimeout() {
        return spec.settings().archives().stopTimeout(STOP_TIMEOUT);
    }

    private void destroy() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
