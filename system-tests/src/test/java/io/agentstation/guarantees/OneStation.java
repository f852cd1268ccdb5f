package io.agentstation.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

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
            // Quicker than in order; nobody wants what it has stored.
            process.kill();
        }
        if (directory != null) {
            FileSystemUtils.deleteRecursively(directory);
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
}
