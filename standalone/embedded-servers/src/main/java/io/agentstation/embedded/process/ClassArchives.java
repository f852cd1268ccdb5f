package io.agentstation.embedded.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Archives of loaded classes, one for each kind of process (JEP 350): a JVM that maps one has less to load, to verify and to
 * link. An archive that does not fit the JVM or the class path is left out by the JVM itself.
 *
 * @param directory where they are; empty when this JVM was not told of any
 * @param recording whether each child writes its archive when it ends, instead of using it
 */
public record ClassArchives(Optional<Path> directory, boolean recording) {

    /** The system property that names the directory. */
    static final String DIRECTORY = "station.archives";

    /** The system property that has them recorded. */
    static final String RECORDING = "station.archives.recording";

    /** What cannot be archived is loaded as ever: nothing to tell. */
    private static final String QUIET = "-Xlog:disable";

    /** Writing an archive takes seconds, on a busy machine many. */
    private static final Duration STOP_AND_RECORD = Duration.ofMinutes(2);

    /** As this JVM was told. */
    public static ClassArchives ofThisJvm() {
        return new ClassArchives(
                Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of), Boolean.getBoolean(RECORDING));
    }

    /** The flags of a child that runs this component. */
    List<String> flags(String component) {
        Optional<Path> archive = directory.map(found -> found.resolve(component + ".jsa"));
        if (recording) {
            return archive.map(file -> List.of("-XX:ArchiveClassesAtExit=" + file, QUIET, "-D" + RECORDING + "=true"))
                    .orElse(List.of());
        }
        return archive.filter(Files::isReadable)
                .map(file -> List.of("-XX:SharedArchiveFile=" + file, QUIET))
                .orElse(List.of());
    }

    /** How long a child may take to end, when it takes a given time at most without an archive to write. */
    public Duration stopTimeout(Duration without) {
        return recording ? STOP_AND_RECORD : without;
    }
}
