package io.agentstation.embedded.process;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child's side: takes the directory, starts the server, says it is ready, and ends when its standard input does.
 * The parent holds the other end of that pipe, so the child ends however the parent dies.
 */
public final class ChildLife {

    /** Longest orderly stop; below the 15 s for which a next start waits for this one's lock. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(9);

    private static final Logger log = LoggerFactory.getLogger(ChildLife.class);

    private final Path directory;
    private final EmbeddedServer server;
    private final CountDownLatch parentGone = new CountDownLatch(1);

    private ChildLife(Path directory, EmbeddedServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** Runs a server for as long as the parent lives; never returns. */
    public static void run(Path directory, EmbeddedServer server) {
        new ChildLife(directory, server).run();
    }

    private void run() {
        try {
            ignoreInterrupts();
            daemon("parent-watch", this::watchParent);
            live();
        } catch (Exception e) {
            log.atError().setCause(e).log("did not start");
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void live() throws Exception {
        DirectoryLock lock = DirectoryLock.tryTake(directory)
                .orElseThrow(() -> new IllegalStateException(directory + " is in use by another process"));
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            server.start();
            WholeFile.write(
                    ChildProcess.readyFile(directory),
                    Long.toString(ProcessHandle.current().pid()));
            log.atInfo().log("ready");
            // A start leaves more garbage than the hours after it: with this the heap shrinks to what is in use.
            HeapTrim.start();
            parentGone.await();
            // Stops the server while the directory is still locked.
            System.exit(0);
        } finally {
            lock.close();
        }
    }

    private void watchParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent sends nothing; only the end counts.
            }
        } catch (IOException brokenPipe) {
            log.atDebug().setCause(brokenPipe).log("the pipe to the parent broke");
        }
        armHalt();
        parentGone.countDown();
    }

    private void stop() {
        armHalt();
        server.stop();
    }

    private static void armHalt() {
        daemon("stop-limit", () -> {
            try {
                Thread.sleep(ClassArchives.ofThisJvm().stopTimeout(STOP_TIMEOUT).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ctrl-C in a terminal reaches the whole process group; only the parent may react to it, or the broker would be gone
     * before the services have finished what they accepted. By reflection, since a compiler that targets a release warns
     * about every use of {@code sun.misc}.
     */
    private static void ignoreInterrupts() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getMethod("handle", signal, handler);
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        handle.invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    }
}
