package io.agentstation.guarantees.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstation.standalone.Station;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the tests, jars first: an archive of classes fits whatever begins with the jars that it was made of. */
public final class TestClassPath {

    private static final List<Path> ENTRIES = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList();

    private TestClassPath() {}

    /** All of it. */
    public static String all() {
        return joined(Stream.concat(only(Files::isRegularFile), only(Predicate.not(Files::isRegularFile))));
    }

    /** The jars alone. */
    static String jars() {
        return joined(only(Files::isRegularFile));
    }

    /** Whether the station comes from a jar. */
    static boolean isOfJars() {
        try {
            return Files.isRegularFile(Path.of(Station.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where the station's classes are", e);
        }
    }

    /** Another text for other jars, or for another Java: their paths, sizes and times. */
    static String fingerprint() {
        String jars = only(Files::isRegularFile).map(TestClassPath::told).collect(Collectors.joining("\n"));
        return UUID.nameUUIDFromBytes((Runtime.version() + "\n" + jars).getBytes(UTF_8))
                .toString();
    }

    private static String told(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> only(Predicate<Path> which) {
        return ENTRIES.stream().filter(which);
    }

    private static String joined(Stream<Path> entries) {
        return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
