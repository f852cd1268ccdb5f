package io.agentstation.cluster.images;

import io.agentstation.agent.AgentEnvironment;
import io.agentstation.agent.AgentRuntime;
import io.agentstation.agent.AgentSettings;
import io.agentstation.agent.AgentWorkload;
import io.agentstation.agent.StationAgent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the real station agent with the container's environment; a container without a Station's URL just runs. */
final class AgentProgram implements ContainerProgram {

    private static final int TOLD_TO_END = 0;
    private static final int WRONG_ENVIRONMENT = 2;

    private final AgentRuntime runtime;
    private final Supplier<AgentWorkload> workloads;

    AgentProgram(AgentRuntime runtime, Supplier<AgentWorkload> workloads) {
        this.runtime = runtime;
        this.workloads = workloads;
    }

    @Override
    public Running start(Container container) {
        AgentEnvironment environment = new AgentEnvironment(withoutMountedFile(container.environment()));
        AgentPage page = new AgentPage(container.pod(), container.environment(), runtime.clock());
        if (!environment.namesStation()) {
            container.log("no " + AgentEnvironment.URL + " is set: running without a station");
            return new Agent(() -> {}, page);
        }
        AgentSettings settings;
        try {
            settings = environment.settings();
        } catch (IllegalArgumentException e) {
            container.log("the agent cannot start: " + e.getMessage());
            container.exited(WRONG_ENVIRONMENT);
            return () -> {};
        }
        StationAgent agent = new StationAgent(settings, runtime, workloads.get(), container::log);
        agent.ended().thenRun(() -> container.exited(TOLD_TO_END));
        agent.start();
        return new Agent(agent::stop, page);
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
