package io.agentstation.cluster.images;

import io.agentstation.agent.AgentRuntime;
import java.time.Duration;
import java.util.Map;

/** Which program an image stands for: one for each image with a behaviour of its own, the agent for all others. */
public final class ImagePrograms {

    /** After which {@link SimulatedImage#DIES_AFTER_30S} hangs. */
    static final Duration LIFE_BEFORE_DEATH = Duration.ofSeconds(30);

    private final Map<SimulatedImage, ContainerProgram> programs;
    private final ContainerProgram agent;

    /** Programs whose agents share a runtime. */
    public ImagePrograms(AgentRuntime agents) {
        this.agent = new AgentProgram(agents, () -> new SimulatedUsage(agents.random()));
        this.programs = Map.of(
                SimulatedImage.SILENT,
                ImagePrograms::silent,
                SimulatedImage.NEVER_READY,
                ImagePrograms::silent,
                SimulatedImage.CRASH_LOOP,
                new CrashingProgram(agents.scheduler()),
                SimulatedImage.DIES_AFTER_30S,
                new HangingProgram(agent, LIFE_BEFORE_DEATH, agents.scheduler()));
    }

    /** The program for an image. */
    public ContainerProgram of(String image) {
        return SimulatedImage.of(image)
                .map(known -> programs.getOrDefault(known, agent))
                .orElse(agent);
    }

    private static ContainerProgram.Running silent(
            Map<String, String> environment, ContainerProgram.Container container) {
        container.log("running, never heard from");
        return () -> {};
    }
}
