package io.agentstation.guarantees;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that {@code ./station} makes, of the classes under test. */
final class StationJvm {

    private StationJvm() {}

    /** With a flag for the JVM, and what a person types after {@code ./station}. */
    static List<String> command(String jvmFlag, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                jvmFlag,
                "-cp",
                System.getProperty("java.class.path"),
                "io.agentstation.standalone.Station"));
        command.addAll(arguments);
        return command;
    }
}
