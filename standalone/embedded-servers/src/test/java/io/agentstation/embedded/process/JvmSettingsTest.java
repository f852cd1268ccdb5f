package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JvmSettingsTest {

    @Test
    void makesTheClassPathAbsolute() {
        JvmSettings settings = new JvmSettings(
                "a.jar" + File.pathSeparator + "lib/b.jar",
                256,
                Duration.ofSeconds(1),
                ClassArchives.ofThisJvm(),
                false);

        assertThat(settings.classPath().split(File.pathSeparator))
                .containsExactly(
                        Path.of("a.jar").toAbsolutePath().toString(),
                        Path.of("lib/b.jar").toAbsolutePath().toString());
    }

    @Test
    void refusesAHeapThatIsTooSmall() {
        assertThatThrownBy(() -> JvmSettings.ofThisJvm().withHeapMegabytes(64)).hasMessageContaining("64");
    }
}
