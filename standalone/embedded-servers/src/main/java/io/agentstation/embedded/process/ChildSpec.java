package io.agentstation.embedded.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A child to start.
 *
 * @param component its name in messages and log files
 * @param directory its own directory: data, configuration, logs, lock
 * @param mainClass the class whose main gets the directory as its only argument
 * @param jvmFlags flags beside heap, collector and logging
 * @param portNames the ports it listens on
 * @param configuration writes its configuration files
 * @param settings the JVM's size and patience
 */
public record ChildSpec(
        String component,
        Path directory,
        Class<?> mainClass,
        List<String> jvmFlags,
        List<String> portNames,
        Configuration configuration,
        JvmSettings settings) {

    /** Writes what the child reads when it starts. */
    @FunctionalInterface
    public interface Configuration {

        /** Called before each start with the port chosen for each name. */
        void write(Path directory, Map<String, Integer> ports) throws IOException;
    }

    /** Copies the lists and makes the directory absolute. */
    public ChildSpec {
        directory = directory.toAbsolutePath();
        jvmFlags = List.copyOf(jvmFlags);
        portNames = List.copyOf(portNames);
    }

    Path log() {
        return directory.resolve("logs").resolve(component + ".log");
    }

    Path output() {
        return directory.resolve("logs").resolve(component + ".out");
    }
}
