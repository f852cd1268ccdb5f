package io.agentstation.standalone.reset;

import io.agentstation.embedded.process.DirectoryLock;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes what a station has made in its directory, and nothing else. */
public final class StationReset {

    private StationReset() {}

    /**
     * Deletes, by name, what a station makes; symbolic links are removed, not followed. The directory itself stays. The
     * file that marks it as a station's goes last, so that a reset which was interrupted can be repeated.
     *
     * @return the names of what is not a station's and was left
     * @throws StationFailure when a station runs on it, or it is none of a station's, or something cannot be deleted
     */
    public static List<String> run(Path directory) {
        Path root = RunningStation.requireStations(directory);
        try (DirectoryLock lock = DirectoryLock.tryTake(root).orElseThrow(() -> running(root))) {
            for (String name : DataDirectory.ENTRIES) {
                delete(root.resolve(name));
                delete(root.resolve(name + ".next"));
            }
            return others(root);
        } catch (IOException e) {
            throw new StationFailure(
                    "not everything in " + root + " could be deleted ("
                            + e.getClass().getSimpleName() + " " + e.getMessage()
                            + "): see who owns it, then repeat the reset",
                    e);
        }
    }

    private static StationFailure running(Path root) {
        return new StationFailure(
                "a station runs on " + root + ": stop it first, with ./station stop --data '" + root + "'");
    }

    private static void delete(Path start) throws IOException {
        if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static List<String> others(Path root) throws IOException {
        try (Stream<Path> left = Files.list(root)) {
            return left.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
