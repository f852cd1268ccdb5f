package io.agentstation.standalone.directory;

import io.agentstation.embedded.process.DirectoryLock;
import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The station that runs on a directory, in whatever process.
 *
 * @param data    the directory, absolute
 * @param process which holds the directory's lock and is a station
 */
public record RunningStation(Path data, ProcessHandle process) {

    private static final String MAIN_CLASS = "io.agentstation.standalone.Station";

    /**
     * Finds it; empty when none runs. Takes nothing and writes nothing.
     *
     * @throws StationFailure when the directory is none of a station's, or is held by what is no station
     */
    public static Optional<RunningStation> find(Path directory) {
        Path root = requireStations(directory);
        try {
            OptionalLong owner = DirectoryLock.owner(root);
            return owner.isEmpty() ? Optional.empty() : Optional.of(new RunningStation(root, process(root, owner)));
        } catch (IOException e) {
            throw new StationFailure(
                    "whether a station runs on " + root + " cannot be told (" + e.getMessage()
                            + "): ask again as the user who started it",
                    e);
        }
    }

    /**
     * The absolute path of a directory on which a station has run.
     *
     * @throws StationFailure when none has
     */
    public static Path requireStations(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        if (!Files.exists(root.resolve(DataDirectory.ID_FILE))) {
            throw new StationFailure("no station has run on " + root + ": name its directory with --data");
        }
        return root;
    }

    /**
     * Like {@link #find}, for those who need one.
     *
     * @throws StationFailure when none runs
     */
    public static RunningStation require(Path directory) {
        return find(directory)
                .orElseThrow(() -> new StationFailure(
                        "no station runs on " + directory.toAbsolutePath().normalize() + ": ./station up starts one"));
    }

    private static ProcessHandle process(Path root, OptionalLong owner) {
        return ProcessHandle.of(owner.getAsLong())
                .filter(RunningStation::isStation)
                .orElseThrow(() -> new StationFailure(root + " is held by process " + owner.getAsLong()
                        + ", which is no station: nothing is done to it; see what it is with ps -p "
                        + owner.getAsLong()));
    }

    /** Not every system tells a process's arguments; there the lock alone has to do. */
    private static boolean isStation(ProcessHandle process) {
        return arguments(process)
                .map(arguments -> arguments.contains(MAIN_CLASS))
                .orElse(true);
    }

    /** Linux tells all of them in a file; the JDK gives up on a command line of more than a page. */
    private static Optional<List<String>> arguments(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.isReadable(file)
                    ? Optional.of(Arrays.asList(Files.readString(file).split("\0", -1)))
                    : process.info().arguments().map(Arrays::asList);
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }
}
