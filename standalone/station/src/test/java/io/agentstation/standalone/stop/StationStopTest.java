package io.agentstation.standalone.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class StationStopTest {

    private static final Path DATA = Path.of("/data");

    @Test
    void saysThatItHasStopped() throws Exception {
        Process process = shell("echo ready; exec sleep 60");
        assertThat(StationStop.run(new RunningStation(DATA, process.toHandle()), Duration.ofSeconds(10)))
                .startsWith("The station on /data has stopped (");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void saysThatItStillRunsAndDoesNotKillIt() throws Exception {
        Process stubborn = shell("trap '' TERM; echo ready; while :; do sleep 1; done");
        try {
            RunningStation station = new RunningStation(DATA, stubborn.toHandle());
            assertThatThrownBy(() -> StationStop.run(station, Duration.ofSeconds(1)))
                    .isInstanceOf(StationFailure.class)
                    .hasMessageContaining("process " + stubborn.pid() + " still runs after 1 s")
                    .hasMessageContaining("--timeout");
            assertThat(stubborn.isAlive()).isTrue();
        } finally {
            stubborn.destroyForcibly().waitFor();
        }
    }

    private static Process shell(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        // Its trap is set when it says so.
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }
}
