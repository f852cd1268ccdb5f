package io.agentstation.embedded.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a child JVM is run.
 *
 * @param classPath what the child may load; relative entries are taken from the parent's working directory
 * @param heapMegabytes the child's largest heap, in MiB
 * @param startTimeout how long the child may take until it is ready
 * @param archives the archives of classes that it starts from
 * @param optimizing whether it runs as on a server: C2 compiles what is hot, G1 collects a heap of fixed size. C1 alone halves the
 *     start, a heap that the serial collector keeps small leaves the memory to others, and both do for one machine's load
 */
public record JvmSettings(
        String classPath, int heapMegabytes, Duration startTimeout, ClassArchives archives, boolean optimizing) {

    private static final int LEAST_HEAP_MEGABYTES = 128;

    /** Checks the heap and the time-out, and makes the class path absolute. */
    public JvmSettings {
        if (heapMegabytes < LEAST_HEAP_MEGABYTES) {
            throw new IllegalArgumentException(
                    "a child's heap has at least " + LEAST_HEAP_MEGABYTES + " MiB, not " + heapMegabytes);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("the start time-out is above zero, not " + startTimeout);
        }
        classPath = absolute(classPath);
    }

    /** The parent's own class path, a heap for a small fleet, two minutes to start on a slow and busy machine. */
    public static JvmSettings ofThisJvm() {
        return new JvmSettings(
                System.getProperty("java.class.path"), 384, Duration.ofMinutes(2), ClassArchives.ofThisJvm(), false);
    }

    /** The same with another heap. */
    public JvmSettings withHeapMegabytes(int megabytes) {
        return new JvmSettings(classPath, megabytes, startTimeout, archives, optimizing);
    }

    /** The same with another time to start. */
    public JvmSettings withStartTimeout(Duration timeout) {
        return new JvmSettings(classPath, heapMegabytes, timeout, archives, optimizing);
    }

    /** The same for a node that is to carry a load rather than to start quickly. */
    public JvmSettings asOnAServer() {
        return new JvmSettings(classPath, heapMegabytes, startTimeout, archives, true);
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
