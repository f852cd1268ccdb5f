package io.agentstation.cluster.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageProgramsTest {

    @ParameterizedTest
    @CsvSource({
        "simulate/silent, SILENT",
        "simulate/silent:1.2, SILENT",
        "simulate/silent@sha256:abc, SILENT",
        "registry:5000/simulate/silent, SILENT",
        "registry.example.org/mirror/simulate/crash-loop:1@sha256:abc, CRASH_LOOP",
        "simulate/image-pull-failure, IMAGE_PULL_FAILURE",
        "simulate/never-ready, NEVER_READY",
        "simulate/dies-after-30s, DIES_AFTER_30S",
        "simulate/certificate-pending, CERTIFICATE_PENDING",
        "simulate/slow-stop:latest, SLOW_STOP"
    })
    void theRepositoryDecidesWhateverRegistryAndTag(String image, SimulatedImage expected) {
        assertThat(SimulatedImage.of(image)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "station-agent",
        "ghcr.io/acme/agent:1",
        "simulate/unknown",
        "unsimulate/silent",
        "simulate/silent/more",
        "silent"
    })
    void everyOtherImageIsTheAgent(String image) {
        assertThat(SimulatedImage.of(image)).isEmpty();
    }

    @Test
    void everyImageIsFoundByItsOwnRepository() {
        assertThat(SimulatedImage.values())
                .allSatisfy(image ->
                        assertThat(SimulatedImage.of(image.repository())).contains(image));
    }
}
