package io.agentstation.standalone.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStationTest {

    @TempDir
    private Path directory;

    @Test
    void noneRunsOnADirectoryThatWasLeft() throws Exception {
        DataDirectory.open(directory).close();

        assertThat(RunningStation.find(directory)).isEmpty();
        assertThatThrownBy(() -> RunningStation.require(directory))
                .isInstanceOf(StationFailure.class)
                .hasMessage("no station runs on " + directory + ": ./station up starts one");
    }

    @Test
    void aProcessThatIsNoStationIsNotTakenForOne() throws Exception {
        try (DataDirectory heldByThisTest = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> RunningStation.find(heldByThisTest.root()))
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining("is held by process "
                            + ProcessHandle.current().pid() + ", which is no station: nothing is done to it");
        }
    }

    @Test
    void aDirectoryOnWhichNoneHasRunIsNotTouched() {
        assertThatThrownBy(() -> RunningStation.find(directory))
                .hasMessageContaining("no station has run on " + directory);
        assertThat(directory).isEmptyDirectory();
    }
}
