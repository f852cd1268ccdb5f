package io.agentstation.standalone;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.stop.StationStop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops a station that runs in another process. */
@Command(
        name = "stop",
        description = "Stops the station in order, as Ctrl-C does, and waits until it has ended.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StopCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The running station's directory.")
    private Path data = Path.of("station-data");

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long to wait for its end.")
    private int timeout = 30;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        RunningStation station = RunningStation.require(data);
        spec.commandLine().getOut().println(StationStop.run(station, Duration.ofSeconds(timeout)));
        return 0;
    }
}
