package io.agentstation.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.standalone.failures.StationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void refusesPortsThatAreNone() {
        assertThatThrownBy(() -> settings(65_536, "127.0.0.1", null, Map.of()))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("65536");
    }

    @Test
    void refusesAContextOfNoKubeconfig() {
        assertThatThrownBy(() -> new UpSettings(directory, 0, "127.0.0.1", null, "prod", "agents", Map.of()))
                .hasMessageContaining("prod");
    }

    @Test
    void refusesARealClusterWhoseAgentsWouldNotFindTheStation() throws Exception {
        Path kubeconfig = Files.writeString(directory.resolve("config"), "");

        assertThatThrownBy(
                        () -> settings(8080, "127.0.0.1", kubeconfig, Map.of()).check(Map.of()))
                .hasMessageContaining(UpSettings.PUBLIC_URL);
    }

    @Test
    void acceptsARealClusterWithAnAddressBySetOrByEnvironment() throws Exception {
        Path kubeconfig = Files.writeString(directory.resolve("config"), "");
        Map<String, String> set = Map.of(UpSettings.PUBLIC_URL, "http://192.0.2.1");
        Map<String, String> environment = Map.of("STATION_PROVISIONER_PUBLICURL", "http://192.0.2.1");

        assertThatCode(() -> settings(8080, "127.0.0.1", kubeconfig, set).check(Map.of()))
                .doesNotThrowAnyException();
        assertThatCode(() -> settings(8080, "127.0.0.1", kubeconfig, Map.of()).check(environment))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAKubeconfigThatIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> settings(8080, "127.0.0.1", missing, Map.of()).check(Map.of()))
                .hasMessageContaining(missing.toString());
    }

    @Test
    void isExposedBeyondLoopbackOnlyWithoutTls() {
        Map<String, String> tls = Map.of("server.ssl.bundle", "web");

        assertThat(settings(8080, "127.0.0.1", null, Map.of()).isExposed()).isFalse();
        assertThat(settings(8080, "::1", null, Map.of()).isExposed()).isFalse();
        assertThat(settings(8080, "0.0.0.0", null, Map.of()).isExposed()).isTrue();
        assertThat(settings(8080, "0.0.0.0", null, tls).isExposed()).isFalse();
    }

    @Test
    void namesAnAddressThatCanBePasted() {
        assertThat(settings(0, "127.0.0.1", null, Map.of()).url(81)).isEqualTo("http://127.0.0.1:81");
        assertThat(settings(0, "0.0.0.0", null, Map.of()).url(81)).isEqualTo("http://127.0.0.1:81");
        assertThat(settings(0, "::1", null, Map.of()).url(81)).isEqualTo("http://[0:0:0:0:0:0:0:1]:81");
        assertThat(settings(0, "192.0.2.1", null, Map.of("server.ssl.bundle", "web"))
                        .url(81))
                .isEqualTo("https://192.0.2.1:81");
    }

    private UpSettings settings(int port, String bind, @Nullable Path kubeconfig, Map<String, String> properties) {
        return new UpSettings(directory, port, bind, kubeconfig, null, "agents", properties);
    }
}
