package io.agentstation.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory with these options of mount; only a process that may mount can have one. */
final class SmallFileSystem implements AutoCloseable {

    private final Path directory;

    private SmallFileSystem(Path directory) {
        this.directory = directory;
    }

    /** Mounts it on an empty directory; where that is not allowed, the test is skipped and says why. */
    static SmallFileSystem mount(Path directory, String options) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), UTF_8);
        Assumptions.assumeTrue(mount.waitFor() == 0, "no file system can be mounted here: " + said);
        return new SmallFileSystem(directory);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Process unmount =
                new ProcessBuilder("umount", directory.toString()).inheritIO().start();
        if (!unmount.waitFor(10, TimeUnit.SECONDS) || unmount.exitValue() != 0) {
            throw new IOException("the file system on " + directory + " could not be unmounted");
        }
    }
}
