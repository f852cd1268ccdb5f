package io.agentstation.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstation.standalone.directory.RunningStation;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.reset.StationReset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes a station's data after a confirmation. */
@Command(
        name = "reset",
        description = "Deletes all that the station on this directory has made: agents, telemetry, keys.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ResetCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "The station's directory.")
    private Path data = Path.of("station-data");

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path root = RunningStation.requireStations(data);
        PrintWriter out = spec.commandLine().getOut();
        if (!yes && !isConfirmed(root, out)) {
            throw new StationFailure("nothing was deleted: answer yes, or give --yes");
        }
        List<String> left = StationReset.run(root);
        out.println("The station's data in " + root + " is deleted");
        if (!left.isEmpty()) {
            out.println("Left alone, since no station made it: " + String.join(", ", left));
        }
        return 0;
    }

    private static boolean isConfirmed(Path root, PrintWriter out) throws IOException {
        out.print("This deletes every agent, all telemetry and all keys of the station on " + root
                + ". Agents on a cluster of your own stay there: delete them first. Type yes to go on: ");
        out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        return answer != null && answer.strip().equals("yes");
    }
}
