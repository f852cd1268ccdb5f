package io.agentstation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The cluster's directory: one cluster at a time, and the port it had last. */
final class ClusterDirectory implements AutoCloseable {

    private final Path portFile;
    private final FileChannel lockFile;

    /**
     * Takes the directory, making it when it is absent.
     *
     * @throws IllegalStateException when another cluster has it
     */
    ClusterDirectory(Path directory) {
        this.portFile = directory.resolve("port");
        try {
            Files.createDirectories(directory);
            this.lockFile =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                lockFile.close();
                throw new IllegalStateException("another process runs a cluster in " + directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("taking the cluster's directory " + directory, e);
        }
    }

    /** The ports to try, in this order: the one wanted, else the last one, so that a kubeconfig stays valid; then any. */
    List<Integer> ports(int wanted) {
        int first = wanted > 0 ? wanted : lastPort();
        return first > 0 ? List.of(first, 0) : List.of(0);
    }

    void remember(int port) {
        try {
            Files.writeString(portFile, Integer.toString(port));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + portFile, e);
        }
    }

    private int lastPort() {
        try {
            String text = Files.exists(portFile) ? Files.readString(portFile).strip() : "";
            return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + portFile, e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("releasing the cluster's directory", e);
        }
    }
}
