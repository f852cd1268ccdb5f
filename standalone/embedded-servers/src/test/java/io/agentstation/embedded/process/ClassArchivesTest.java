package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchivesTest {

    private static final Duration USUAL = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void aJvmThatWasToldOfNoneGivesNoFlags() {
        ClassArchives none = new ClassArchives(Optional.empty(), false);

        assertThat(none.flags("kafka")).isEmpty();
        assertThat(none.stopTimeout(USUAL)).isEqualTo(USUAL);
    }

    @Test
    void aChildStartsFromItsArchiveOnceThereIsOne() throws IOException {
        ClassArchives archives = new ClassArchives(Optional.of(directory), false);
        assertThat(archives.flags("kafka")).isEmpty();

        Path archive = Files.writeString(directory.resolve("kafka.jsa"), "");

        assertThat(archives.flags("kafka")).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archives.flags("cassandra")).isEmpty();
    }

    @Test
    void aRecordedChildWritesItsArchiveAndMayTakeItsTime() {
        ClassArchives recording = new ClassArchives(Optional.of(directory), true);

        assertThat(recording.flags("kafka"))
                .contains("-XX:ArchiveClassesAtExit=" + directory.resolve("kafka.jsa"))
                .contains("-D" + ClassArchives.RECORDING + "=true");
        assertThat(recording.stopTimeout(USUAL)).isGreaterThan(Duration.ofMinutes(1));
    }
}
