package io.agentstation.standalone;

import io.agentstation.standalone.prepared.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what new stations copy; {@code ./station build} calls it. */
@Command(
        name = "prepare",
        description = "Makes the servers' directories that new stations copy.",
        hidden = true,
        mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where they are made.")
    private Path to = Path.of("prepared");

    @Override
    public Integer call() throws IOException {
        Preparation.make(to.toAbsolutePath());
        return 0;
    }
}
