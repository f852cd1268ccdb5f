package io.agentstation.embedded.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM: the parent's own java binary, flags for a quick start and a small footprint. */
final class ChildCommand {

    /** JEP 472 and JEP 498. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /** JEP 519. */
    private static final int HAS_COMPACT_HEADERS = 25;

    /** JEP 500. */
    private static final int WARNS_OF_FINAL_MUTATION = 26;

    /** The part of the heap that is young at most. */
    private static final int YOUNG = 16;

    private ChildCommand() {}

    static ProcessBuilder of(ChildSpec spec) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        int megabytes = spec.settings().heapMegabytes();
        command.addAll(spec.settings().optimizing() ? asOnAServer(megabytes) : asOnALaptop(megabytes));
        command.addAll(List.of(
                "-Xshare:auto",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=io/agentstation/embedded/child-logback.xml",
                "-Dstation.embedded.log=" + spec.log()));
        command.addAll(versionFlags(Runtime.version().feature()));
        command.addAll(spec.settings().archives().flags(spec.component()));
        command.addAll(spec.jvmFlags());
        command.add(spec.mainClass().getName());
        command.add(spec.directory().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(spec.output().toFile());
        builder.environment().put("CLASSPATH", classPath(spec));
        // glibc keeps an arena for each of many threads otherwise, with tens of megabytes that nobody uses.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return builder;
    }

    private static List<String> asOnAServer(int megabytes) {
        return List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=25");
    }

    private static List<String> asOnALaptop(int megabytes) {
        return List.of(
                "-Xms64m",
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // What the start leaves behind is given back to the machine by the collection that follows it.
                // Garbage waits in a young generation of any size; this one holds little of it.
                "-XX:MaxNewSize=" + megabytes / YOUNG + "m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=15",
                // The same for what was allocated outside the heap; the first builds of 17 cannot.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TrimNativeHeapInterval=10000");
    }

    /**
     * Later JDKs warn of what Kafka and Cassandra do on purpose, and have smaller objects when asked; a flag may only be given to
     * a JDK that knows it.
     */
    static List<String> versionFlags(int javaVersion) {
        List<String> flags = new ArrayList<>();
        if (javaVersion >= HAS_COMPACT_HEADERS) {
            flags.add("-XX:+UseCompactObjectHeaders");
        }
        if (javaVersion >= WARNS_OF_NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (javaVersion >= WARNS_OF_FINAL_MUTATION) {
            flags.add("--enable-final-field-mutation=ALL-UNNAMED");
        }
        return List.copyOf(flags);
    }

    /** This module first: it replaces one class of Cassandra's, see {@code ThreadAwareSecurityManager}. */
    private static String classPath(ChildSpec spec) {
        try {
            Path here = Path.of(ChildCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here + File.pathSeparator + spec.settings().classPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this class is no path", e);
        }
    }
}
