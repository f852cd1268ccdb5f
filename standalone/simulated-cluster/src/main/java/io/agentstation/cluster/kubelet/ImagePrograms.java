package io.agentstation.cluster.kubelet;

import java.util.Map;

/** Which program an image stands for: one entry for each image with a behaviour of its own, the agent for all others. */
final class ImagePrograms {

    private final Map<String, ContainerProgram> byRepository;
    private final ContainerProgram agent;

    ImagePrograms(ContainerProgram agent) {
        this.agent = agent;
        this.byRepository = Map.of("simulate/silent", ImagePrograms::silent);
    }

    /** The program for an image, whatever its tag or digest. */
    ContainerProgram of(String image) {
        return byRepository.getOrDefault(repository(image), agent);
    }

    private static ContainerProgram.Running silent(ContainerProgram.Container container) {
        container.log("simulate/silent: running, never heard from");
        return () -> {};
    }

    private static String repository(String image) {
        return image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
    }
}
