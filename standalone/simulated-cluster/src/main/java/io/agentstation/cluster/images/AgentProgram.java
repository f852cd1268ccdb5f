package io.agentstation.cluster.images;

import io.agentstation.agent.AgentEnvironment;
import io.agentstation.agent.AgentRuntime;
import io.agentstation.agent.AgentSettings;
import io.agentstation.agent.AgentWorkload;
import io.agentstation.agent.ResourceUsage;
import io.agentstation.agent.StationAgent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Runs the real station agent with the container's environment, as the agent itself or as the sidecar of another container.
 * A container without a Station's URL, or for which a sidecar reports, just runs.
 */
final class AgentProgram implements ContainerProgram {

    private static final int TOLD_TO_END = 0;
    private static final int WRONG_ENVIRONMENT = 2;

    private final AgentRuntime runtime;
    private final Supplier<ResourceUsage> usage;

    AgentProgram(AgentRuntime runtime, Supplier<ResourceUsage> usage) {
        this.runtime = runtime;
        this.usage = usage;
    }

    @Override
    public Running start(Map<String, String> variables, Container container) {
        AgentEnvironment environment = new AgentEnvironment(withoutMountedFile(variables));
        AgentPage page = new AgentPage(container.pod(), variables, runtime.clock());
        if (environment.reportsBySidecar()) {
            container.log("running; the sidecar reports for this container");
            return new Agent(() -> {}, page);
        }
        if (!environment.namesStation()) {
            container.log("no " + AgentEnvironment.URL + " is set: running without a station");
            return new Agent(() -> {}, page);
        }
        AgentSettings settings;
        OptionalInt watched;
        try {
            settings = environment.settings();
            watched = environment.watchPort();
        } catch (IllegalArgumentException e) {
            container.log("the agent cannot start: " + e.getMessage());
            container.exited(WRONG_ENVIRONMENT);
            return () -> {};
        }
        StationAgent agent = new StationAgent(settings, runtime, workload(container, watched), container::log);
        agent.ended().thenRun(() -> container.exited(TOLD_TO_END));
        agent.start();
        // A sidecar serves nothing: the pod's pages are those of the container that it watches.
        return watched.isPresent() ? agent::stop : new Agent(agent::stop, page);
    }

    private AgentWorkload workload(Container container, OptionalInt watched) {
        return new AgentWorkload(
                usage.get(), () -> 0, () -> watched.isEmpty() || container.isListening(watched.getAsInt()));
    }

    /** Volumes are not simulated, so that a token file does not exist; the token itself comes by a reference. */
    private static Map<String, String> withoutMountedFile(Map<String, String> variables) {
        Map<String, String> own = new HashMap<>(variables);
        if (own.containsKey(AgentEnvironment.TOKEN)) {
            own.remove(AgentEnvironment.TOKEN_FILE);
        }
        return own;
    }

    private record Agent(Runnable stop, AgentPage text) implements Running {

        @Override
        public Optional<String> page() {
            return Optional.of(text.json());
        }

        @Override
        public void close() {
            stop.run();
        }
    }
}
