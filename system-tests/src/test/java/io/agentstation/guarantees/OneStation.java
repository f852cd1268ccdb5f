package io.agentstation.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One fresh station for all tests of a class, on a directory that is deleted afterwards. */
final class OneStation implements BeforeAllCallback, AfterAllCallback {

    private final String[] arguments;
    private @Nullable Path directory;
    private @Nullable StationProcess process;

    /** @param arguments of {@code up}, more than the usual ones */
    OneStation(String... arguments) {
        this.arguments = arguments.clone();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("station-");
        process = StationProcess.up(data(), arguments);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (process != null) {
            process.close();
        }
        if (directory != null) {
            deleteAll(directory);
        }
    }

    /** A directory of the test's own. */
    Path directory() {
        return Objects.requireNonNull(directory);
    }

    /** The station's data directory. */
    Path data() {
        return directory().resolve("data");
    }

    StationProcess process() {
        return Objects.requireNonNull(process);
    }

    /** A client with the first key. */
    StationClient client() {
        return process().client();
    }

    private static void deleteAll(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
