package io.agentstation.standalone;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.logs.LogPart;
import io.agentstation.standalone.logs.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the end of a part's log, and what comes. */
@Command(
        name = "logs",
        description = "Prints the last lines of a log.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class LogsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PART", arity = "0..1", description = "${COMPLETION-CANDIDATES}.")
    private LogPart part = LogPart.STATION;

    @Option(names = "--data", paramLabel = "DIR", description = "The station's directory.")
    private Path data = Path.of("station-data");

    @Option(names = "--lines", paramLabel = "N", description = "How many lines.")
    private int lines = 50;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is written, until Ctrl-C.")
    private boolean follow;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "--lines must not be negative: " + lines);
        }
        LogReader reader = new LogReader(part.in(RunningStation.requireStations(data)), System.out);
        long end = reader.printLast(lines);
        if (follow) {
            reader.follow(end);
        }
        return 0;
    }
}
