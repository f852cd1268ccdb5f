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
 */
public record JvmSettings(String classPath, int heapMegabytes, Duration startTimeout) {

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
        return new JvmSettings(System.getProperty("java.class.path"), 384, Duration.ofMinutes(2));
    }

    /** The same with another heap. */
    public JvmSettings withHeapMegabytes(int megabytes) {
        return new JvmSettings(classPath, megabytes, startTimeout);
    }

    /** The same with another time to start. */
    public JvmSettings withStartTimeout(Duration timeout) {
        return new JvmSettings(classPath, heapMegabytes, timeout);
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
