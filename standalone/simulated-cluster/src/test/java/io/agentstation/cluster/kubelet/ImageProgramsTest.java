package io.agentstation.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageProgramsTest {

    private final ContainerProgram agent = container -> () -> {};
    private final ImagePrograms images = new ImagePrograms(agent);

    @ParameterizedTest
    @CsvSource({
        "simulate/silent, true",
        "simulate/silent:1.2, true",
        "simulate/silent@sha256:abc, true",
        "registry:5000/simulate/silent, false",
        "station-agent, false",
        "ghcr.io/acme/agent:1, false"
    })
    void theRepositoryDecides(String image, boolean silent) {
        assertThat(images.of(image) != agent).isEqualTo(silent);
    }
}
