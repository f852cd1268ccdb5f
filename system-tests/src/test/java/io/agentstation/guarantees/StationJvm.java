package io.agentstation.guarantees;

import io.agentstation.guarantees.processes.TestClassPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that {@code ./station} makes, of the classes under test. */
final class StationJvm {

    private StationJvm() {}

    /** With flags for the JVM, and what a person types after {@code ./station}. */
    static List<String> command(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m"));
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", TestClassPath.all(), "io.agentstation.standalone.Station"));
        command.addAll(arguments);
        return command;
    }
}
