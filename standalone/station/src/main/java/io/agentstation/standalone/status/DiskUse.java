package io.agentstation.standalone.status;

import io.agentstation.standalone.preflight.FreeSpace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/** How much a directory holds. */
final class DiskUse {

    private DiskUse() {}

    /** In words: what the files are together, at most, since some are reserved and not written yet; and what is free. */
    static String of(Path directory) throws IOException {
        return "at most " + FreeSpace.words(bytes(directory)) + " used, " + FreeSpace.words(FreeSpace.usable(directory))
                + " free";
    }

    private static long bytes(Path directory) throws IOException {
        AtomicLong sum = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path goneMeanwhile, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum.get();
    }
}
