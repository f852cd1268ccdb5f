package io.agentstation.guarantees.processes;

import io.agentstation.guarantees.StationClient;
import io.agentstation.standalone.Station;
import io.agentstation.standalone.prepared.Preparation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** Records quick starts as {@code ./station build} does: the servers first, then the classes of one station's life. */
final class QuickStartRecording {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final long ARCHIVE_SECONDS = 240;
    private static final String READY = "Agent Station is ready on ";
    private static final String NO_WORD = "-Xlog:disable";

    private QuickStartRecording() {}

    /** Those of the classes under test; makes them when nobody has. */
    static Path find() {
        Path all = Path.of(System.getProperty("basedir", "."), "target", "quick-starts");
        Path found = all.resolve(TestClassPath.fingerprint()).toAbsolutePath();
        if (!Files.isDirectory(found)) {
            try {
                FileSystemUtils.deleteRecursively(all);
                record(found);
            } catch (IOException e) {
                throw new UncheckedIOException("no quick starts could be made in " + found, e);
            }
        }
        return found;
    }

    static Path servers(Path directory) {
        return directory.resolve("servers");
    }

    /** An archive that does not fit is left out by the JVM, without a word. */
    static List<String> sharedClasses(Path directory) {
        return List.of("-XX:SharedArchiveFile=" + stationArchive(directory), NO_WORD);
    }

    static List<String> flagsOfAStation(Path directory) {
        List<String> flags = new ArrayList<>(sharedClasses(directory));
        flags.addAll(whereTheyAre(directory));
        return flags;
    }

    private static Path stationArchive(Path directory) {
        return directory.resolve("station.jsa");
    }

    private static List<String> whereTheyAre(Path directory) {
        return List.of("-Dstation.archives=" + directory, "-Dstation.prepared=" + servers(directory));
    }

    private static void record(Path target) throws IOException {
        Path work = Files.createDirectories(
                target.resolveSibling("recording-" + ProcessHandle.current().pid()));
        Preparation.make(servers(work));
        Path data = work.resolve("data");
        Path console = work.resolve("console");
        Process station = new ProcessBuilder(recorded(work, data))
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            live(station, console, data);
        } finally {
            end(station);
        }
        if (!Files.isRegularFile(stationArchive(work))) {
            throw new IllegalStateException("no archive of a station's classes:\n" + Files.readString(console));
        }
        FileSystemUtils.deleteRecursively(data);
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> recorded(Path work, Path data) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dstation.archives.recording=true",
                "-XX:ArchiveClassesAtExit=" + stationArchive(work),
                NO_WORD));
        command.addAll(whereTheyAre(work));
        command.addAll(List.of("-cp", TestClassPath.jars(), Station.class.getName()));
        command.addAll(List.of("up", "--data", data.toString(), "--port", "0"));
        return command;
    }

    // One agent, so that what it loads is in the archives too.
    private static void live(Process station, Path console, Path data) throws IOException {
        Awaitility.await("ready to be recorded")
                .atMost(START_TIMEOUT)
                .failFast("the station ended", () -> !station.isAlive())
                .until(() -> Files.readString(console).contains(READY));
        String url = Files.readString(console).split(READY, 2)[1].split("[\\s,;]", 2)[0];
        StationClient client =
                new StationClient(url, Files.readString(data.resolve("api-key")).strip());
        client.awaitState(client.create("rehearsal"), "ACTIVE", LIFE);
    }

    private static void end(Process station) {
        station.destroy();
        try {
            if (!station.waitFor(ARCHIVE_SECONDS, TimeUnit.SECONDS)) {
                station.destroyForcibly();
                throw new IllegalStateException("a recorded station did not end within " + ARCHIVE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            station.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
