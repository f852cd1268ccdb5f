package io.agentstation.standalone;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.status.StationStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a station runs, where, and how it is. */
@Command(
        name = "status",
        description = "Says whether the station runs and how it is; exit code 1 unless all of it is well.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The station's directory.")
    private Path data = Path.of("station-data");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StationStatus status = StationStatus.of(RunningStation.require(data));
        status.lines().forEach(spec.commandLine().getOut()::println);
        return status.isWell() ? 0 : 1;
    }
}
