package io.agentstation.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Status, logs, stop and reset, against a station in another process. */
class AStationIsHandledFromTheConsoleIT {

    @TempDir
    private Path directory;

    @Test
    void fromItsStartToItsReset() throws Exception {
        Path data = directory.resolve("data");
        try (StationProcess station = StationProcess.up(data)) {
            StationClient client = station.client();
            client.awaitState(client.create("one"), "ACTIVE", Duration.ofSeconds(20));

            ConsoleCommand status = run("status", data);
            assertThat(status.console())
                    .contains("runs on " + data)
                    .contains("process    " + station.pid() + ", since ")
                    .contains(station.url() + "  answers")
                    .containsPattern("kafka +up")
                    .containsPattern("cassandra +up")
                    .containsPattern("disk +at most \\d+ MiB used, .* free")
                    .containsPattern("agents +1: 1 ACTIVE");
            assertThat(status.code()).as(status.console()).isZero();

            ConsoleCommand refused = run("reset", data, "--yes");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.console()).contains("a station runs on " + data, "stop it first");
            assertThat(station.client().get("/api/health").status()).isEqualTo(200);

            ConsoleCommand stop = run("stop", data);
            assertThat(stop.console()).contains("The station on " + data + " has stopped");
            assertThat(stop.code()).isZero();
            assertThat(station.endsWithin(Duration.ofSeconds(1))).isTrue();
            assertThat(station.console()).contains("Agent Station has stopped");
        }

        ConsoleCommand status = run("status", data);
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.console()).contains("no station runs on " + data, "./station up");
        assertThat(run("stop", data).code()).isEqualTo(1);

        ConsoleCommand logs = run("logs", data, "kafka", "--lines", "3");
        assertThat(logs.console().lines()).hasSize(3);
        assertThat(logs.code()).isZero();
        assertThat(run("logs", data, "postgres").code()).isEqualTo(2);

        ConsoleCommand unanswered = run("reset", data);
        assertThat(unanswered.code()).isEqualTo(1);
        assertThat(unanswered.console()).contains("nothing was deleted");
        assertThat(data.resolve("station-key")).exists();

        ConsoleCommand reset = run("reset", data, "--yes");
        assertThat(reset.code()).as(reset.console()).isZero();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aForeignDirectoryIsLeftAlone() throws Exception {
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        Path file = Files.writeString(
                foreign.resolve("lock"), Long.toString(ProcessHandle.current().pid()));

        for (String command : new String[] {"status", "stop", "logs", "reset"}) {
            ConsoleCommand refused = run(command, foreign);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.console()).contains("no station has run on " + foreign);
        }

        assertThat(foreign.toFile().list()).containsExactly("lock");
        assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
    }

    private ConsoleCommand run(String command, Path data, String... more) throws Exception {
        String[] arguments = new String[more.length + 3];
        arguments[0] = command;
        arguments[1] = "--data";
        arguments[2] = data.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return ConsoleCommand.run(directory, arguments);
    }
}
