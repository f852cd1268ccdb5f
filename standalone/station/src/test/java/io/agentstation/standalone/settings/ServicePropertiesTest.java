package io.agentstation.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicePropertiesTest {

    private static final String PROPERTY = "station.provisioner.public-url";
    private static final ServiceProperties LAUNCHER = new ServiceProperties().with(PROPERTY, "of the launcher");

    @Test
    void theLauncherKnowsTheDefault() {
        assertThat(LAUNCHER.resolve(settings(Map.of()), Map.of())).containsEntry(PROPERTY, "of the launcher");
    }

    @Test
    void theEnvironmentWinsOverTheLauncher() {
        assertThat(LAUNCHER.resolve(settings(Map.of()), Map.of("STATION_PROVISIONER_PUBLICURL", "of the environment")))
                .containsEntry(PROPERTY, "of the environment");
        assertThat(LAUNCHER.resolve(settings(Map.of()), Map.of("STATION_PROVISIONER_PUBLIC_URL", "of the environment")))
                .containsEntry(PROPERTY, "of the environment");
    }

    @Test
    void setWinsOverBothAndAddsWhatTheLauncherDoesNotKnow() {
        Map<String, String> set = Map.of(PROPERTY, "of the person", "station.gateway.x", "y");

        assertThat(LAUNCHER.resolve(settings(set), Map.of("STATION_PROVISIONER_PUBLICURL", "of the environment")))
                .containsEntry(PROPERTY, "of the person")
                .containsEntry("station.gateway.x", "y");
    }

    private static UpSettings settings(Map<String, String> set) {
        return new UpSettings(Path.of("unused"), 0, "127.0.0.1", null, null, "agents", set);
    }
}
