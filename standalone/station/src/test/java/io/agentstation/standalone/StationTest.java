package io.agentstation.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StationTest {

    @TempDir
    private Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void saysInOneSentenceWhyItDoesNotStart() {
        int code = run("up", "--data", directory.toString(), "--port", "70000");

        assertThat(code).isEqualTo(1);
        assertThat(errors.toString().lines()).singleElement().asString().contains("70000");
    }

    @Test
    void refusesARealClusterWithoutAPublicAddress() {
        int code = run("up", "--data", directory.toString(), "--kubeconfig", directory.toString());

        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("--set station.provisioner.public-url=");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void makesNoKeyForAStationThatDoesNotRun() {
        assertThat(run("key", "--data", directory.toString(), "--workspace", "team"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("no station has run on " + directory);
    }

    @Test
    void refusesARoleThatIsNone() {
        assertThat(run("key", "--data", directory.toString(), "--workspace", "team", "--role", "king"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("king");
    }

    @Test
    void answersWhatItDoesNotUnderstandWithItsUsage() {
        assertThat(run("up", "--nonsense")).isEqualTo(2);
        assertThat(errors.toString()).contains("--nonsense").contains("--set=KEY=VALUE");
        assertThat(run()).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine command = Station.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
