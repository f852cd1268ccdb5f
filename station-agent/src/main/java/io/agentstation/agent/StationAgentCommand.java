package io.agentstation.agent;

import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one agent until the Station tells it to end (exit code 0) or the process is stopped. */
@Command(
        name = "station-agent",
        mixinStandardHelpOptions = true,
        description =
                "Heartbeats and metrics of one agent. What is not given comes from the environment: STATION_URL, "
                        + "STATION_AGENT_ID, STATION_AGENT_TOKEN or STATION_AGENT_TOKEN_FILE, STATION_HEARTBEAT_MODE, STATION_WATCH_PORT.")
public final class StationAgentCommand implements Callable<Integer> {

    @Option(names = "--url", paramLabel = "URL", description = "The Station's base URL.")
    private @Nullable String url;

    @Option(names = "--agent", paramLabel = "ID", description = "The agent's uuid.")
    private @Nullable String agent;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file that holds the agent's token.")
    private @Nullable Path tokenFile;

    @Option(names = "--mode", paramLabel = "MODE", description = "EMERGENCY, IDLE (the default) or SLEEP.")
    private @Nullable String mode;

    @Option(
            names = "--watch-port",
            paramLabel = "PORT",
            description = "Speak for what listens on this port of the pod, and be silent while nothing does.")
    private @Nullable Integer watchPort;

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, String> environment;

    StationAgentCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Exit codes: 0 told to end, 2 wrong arguments or environment. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StationAgentCommand(System.getenv())).execute(args));
    }

    @Override
    public Integer call() {
        CommandLine commandLine = java.util.Objects.requireNonNull(spec).commandLine();
        AgentSettings settings;
        OptionalInt watched;
        try {
            AgentEnvironment all = new AgentEnvironment(variables());
            settings = all.settings();
            watched = all.watchPort();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
        run(settings, watched, commandLine.getOut());
        return CommandLine.ExitCode.OK;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(environment);
        override(variables, AgentEnvironment.URL, url);
        override(variables, AgentEnvironment.AGENT_ID, agent);
        override(variables, AgentEnvironment.TOKEN_FILE, tokenFile);
        override(variables, AgentEnvironment.MODE, mode);
        override(variables, AgentEnvironment.WATCH_PORT, watchPort);
        return variables;
    }

    private static void override(Map<String, String> variables, String name, @Nullable Object option) {
        if (option != null) {
            variables.put(name, option.toString());
        }
    }

    /** A sidecar, for which the pod's other processes work, or a program that speaks for itself. */
    private static AgentWorkload workload(OptionalInt watched, Clock clock) {
        if (watched.isEmpty()) {
            return new AgentWorkload(new ProcessResourceUsage(), () -> 0);
        }
        ResourceUsage pod =
                new PodResourceUsage(Path.of("/proc"), ProcessHandle.current().pid(), clock);
        return new AgentWorkload(pod, () -> 0, new PortProbe(watched.getAsInt()));
    }

    private static void run(AgentSettings settings, OptionalInt watched, PrintWriter out) {
        Clock clock = Clock.systemUTC();
        var scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        AgentRuntime runtime = new AgentRuntime(HttpClient.newHttpClient(), scheduler, clock, new SecureRandom());
        AgentWorkload workload = workload(watched, clock);
        try (StationAgent stationAgent = new StationAgent(settings, runtime, workload, line -> {
            out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line);
            out.flush();
        })) {
            stationAgent.start();
            stationAgent.ended().toCompletableFuture().join();
        } finally {
            scheduler.shutdownNow();
        }
    }
}
