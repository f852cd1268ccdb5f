package io.agentstation.embedded.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One owner per directory, across processes: a lock on the file {@code lock} in it, which names the owner's process id.
 * The operating system releases it however the owner ends.
 */
public final class DirectoryLock implements AutoCloseable {

    private static final int OFFSET_OF_THE_LOCK = 1 << 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock; empty when someone else has it. */
    public static Optional<DirectoryLock> tryTake(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(file(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        String owner = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
        return Optional.of(new DirectoryLock(channel));
    }

    // The locked byte lies past the text: Windows refuses to read a locked range.
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(OFFSET_OF_THE_LOCK, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException ownedByThisJvm) {
            return false;
        }
    }

    /** Who holds the lock, in words: the process id that its owner wrote. */
    public static String holder(Path directory) throws IOException {
        String owner =
                Files.readString(file(directory), StandardCharsets.US_ASCII).strip();
        return owner.isEmpty() ? "another process" : "process " + owner;
    }

    /**
     * The id of the process that holds the lock; empty when nobody does. Takes nothing and writes nothing; not for the
     * process that holds it, which would lose it.
     *
     * @throws IOException when the file cannot be opened, or is held by someone who has not written its id yet
     */
    public static OptionalLong owner(Path directory) throws IOException {
        if (!Files.exists(file(directory))) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file(directory), StandardOpenOption.WRITE)) {
            if (tryLock(channel)) {
                return OptionalLong.empty();
            }
        }
        String owner =
                Files.readString(file(directory), StandardCharsets.US_ASCII).strip();
        if (!owner.matches("\\d{1,18}")) {
            throw new IOException(file(directory) + " is held, but does not name its owner");
        }
        return OptionalLong.of(Long.parseLong(owner));
    }

    private static Path file(Path directory) {
        return directory.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
