package io.agentstation.standalone.prepared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
final class Trees {

    private Trees() {}

    /** Copies one; when it returns, the files are on the disk, as those of a server that had made them itself. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : walk(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
                try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
                    file.force(true);
                }
            }
        }
    }

    /** Deletes one, if it is there. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> deepestFirst =
                    walk(directory).stream().sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.toList();
        }
    }
}
