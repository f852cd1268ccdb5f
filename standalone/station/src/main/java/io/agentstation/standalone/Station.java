package io.agentstation.standalone;

import io.agentstation.embedded.process.StartFailed;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.startup.StationLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code station}. */
@Command(
        name = "station",
        description = "A control plane for fleets of AI agents, whole, on one machine.",
        mixinStandardHelpOptions = true,
        version = "Agent Station 0.1.0",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            StopCommand.class,
            LogsCommand.class,
            ResetCommand.class,
            CheckCommand.class,
            KeyCommand.class,
            PrepareCommand.class
        })
public final class Station implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Station.class);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs one command; exit code 0 when it has succeeded, 1 when it has failed, 2 when it was not understood. */
    public static void main(String[] arguments) {
        StationLog.silence();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Station())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Station::explain);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof StationFailure || failure instanceof StartFailed) {
            // To the file only: the console gets the sentence.
            log.atError().setCause(failure).log("The station does not run");
            command.getErr().println("Agent Station: " + failure.getMessage());
            return 1;
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
