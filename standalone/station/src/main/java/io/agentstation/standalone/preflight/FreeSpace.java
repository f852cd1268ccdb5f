package io.agentstation.standalone.preflight;

import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The room that is left on the disk of a data directory. */
public final class FreeSpace {

    /** What a station needs to start, in bytes: a new one's first data are about 100 MiB, and then it is to run. */
    public static final long LEAST_AT_START = 200L << 20;

    private static final double MEBIBYTE = 1 << 20;

    private FreeSpace() {}

    /**
     * Refuses a start that would end with a full disk.
     *
     * @param directory may not exist yet
     * @throws StationFailure with both figures
     */
    public static void require(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        long usable;
        try {
            usable = usable(root);
        } catch (IOException e) {
            throw new StationFailure(
                    "the free space of the data directory " + root + " cannot be told (" + e.getMessage()
                            + "): choose another directory with --data",
                    e);
        }
        if (usable < LEAST_AT_START) {
            throw new StationFailure("the disk of the data directory " + root + " has " + words(usable)
                    + " free, and a station needs at least " + words(LEAST_AT_START)
                    + " to start: free some space, or choose another directory with --data");
        }
    }

    /**
     * The bytes that this user may still write on the disk of a directory, which may not exist yet.
     *
     * @throws IOException when the disk does not say
     */
    public static long usable(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).getUsableSpace();
    }

    /** A number of bytes for people. */
    public static String words(long bytes) {
        double mebibytes = bytes / MEBIBYTE;
        return mebibytes < 10_000
                ? String.format(Locale.ROOT, "%.0f MiB", Math.floor(mebibytes))
                : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1_024);
    }
}
