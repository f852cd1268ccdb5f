package io.agentstation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The cluster's directory: one cluster at a time, and the ports it had last. */
final class ClusterDirectory implements AutoCloseable {

    /** The port file of the API. */
    static final String API_PORT = "port";

    /** The port file of the ingress. */
    static final String INGRESS_PORT = "ingress-port";

    private final Path directory;
    private final FileChannel lockFile;

    /**
     * Takes the directory, making it when it is absent.
     *
     * @throws IllegalStateException when another cluster has it
     */
    ClusterDirectory(Path directory) {
        this.directory = directory;
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
    List<Integer> ports(String file, int wanted) {
        int first = wanted > 0 ? wanted : lastPort(directory.resolve(file));
        return first > 0 ? List.of(first, 0) : List.of(0);
    }

    void remember(String file, int port) {
        try {
            Files.writeString(directory.resolve(file), Integer.toString(port));
        } catch (IOException e) {
            throw new UncheckedIOException("writing the port to " + directory.resolve(file), e);
        }
    }

    private static int lastPort(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
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
