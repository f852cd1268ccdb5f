package io.agentstation.standalone;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.embedded.process.DirectoryLock;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.directory.Endpoints;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.keys.ConsoleKeys;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a further API key for a station that runs; prints it and nothing else. */
@Command(
        name = "key",
        description = "Makes a further API key; prints it once, the station keeps only its hash.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class KeyCommand implements Callable<Integer> {

    private static final String STATION = "station";

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The running station's directory.")
    private Path data = Path.of("station-data");

    @Option(names = "--workspace", paramLabel = "W", required = true, description = "The tenant that the key opens.")
    private String workspace = ConsoleKeys.WORKSPACE;

    @Option(
            names = "--role",
            paramLabel = "R",
            description = "viewer, member, admin, or station: an admin that may kill.")
    private String role = "member";

    @Option(names = "--tier", paramLabel = "T", description = "free, pro, enterprise or unlimited.")
    private String tier = Tier.UNLIMITED.word();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WorkspaceId tenant = tenant();
        Grant grant = grant(tenant);
        Map<String, String> endpoints = Endpoints.read(data);
        checkRunning();
        String contactPoint = endpoints.getOrDefault(Endpoints.CASSANDRA, "");
        String key = ConsoleKeys.make(DataDirectory.keyOf(data), contactPoint, grant);
        spec.commandLine().getOut().println(key);
        return 0;
    }

    private Grant grant(WorkspaceId tenant) {
        Tier granted = Tier.parse(tier)
                .orElseThrow(
                        () -> new StationFailure("--tier " + tier + " is none of free, pro, enterprise, unlimited"));
        if (STATION.equals(role)) {
            return new Grant(tenant, Role.ADMIN, true, granted);
        }
        Role known = Role.parse(role)
                .orElseThrow(() -> new StationFailure("--role " + role + " is none of viewer, member, admin, station"));
        return Grant.of(tenant, known, granted);
    }

    private WorkspaceId tenant() {
        try {
            return WorkspaceId.of(workspace);
        } catch (IllegalArgumentException e) {
            throw new StationFailure("--workspace: " + e.getMessage(), e);
        }
    }

    private void checkRunning() throws IOException {
        Optional<DirectoryLock> free = DirectoryLock.tryTake(data);
        if (free.isPresent()) {
            free.get().close();
            throw new StationFailure("no station runs on " + data + ": start it first");
        }
    }
}
