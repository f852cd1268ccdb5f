package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        ProvisionerSettings settings = bind(Map.of());

        assertThat(settings.namespace()).isEqualTo("agents");
        assertThat(settings.domain()).isEqualTo("is.plugged.in");
        assertThat(settings.concurrency()).isEqualTo(4);
        assertThat(settings.walkInterval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.retry())
                .isEqualTo(new ProvisionerSettings.Retry(Duration.ofSeconds(1), Duration.ofSeconds(60), 20_000, 8));
    }

    @Test
    void everySettingIsMapped() {
        ProvisionerSettings settings = bind(Map.of(
                "station.provisioner.kubeconfig", "some/kubeconfig",
                "station.provisioner.context", "staging",
                "station.provisioner.cluster-issuer", "",
                "station.provisioner.walk-interval", "30s",
                "station.provisioner.retry.longest", "5s"));

        assertThat(settings.kubeconfig()).hasToString("some/kubeconfig");
        assertThat(settings.context()).isEqualTo("staging");
        assertThat(settings.clusterIssuer()).isEmpty();
        assertThat(settings.walkInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.retry().longest()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutAPublicUrlItRefusesToStartAndSaysSo() {
        assertThatThrownBy(() -> bind(Map.of("station.provisioner.public-url", "")))
                .rootCause()
                .hasMessageContaining("station.provisioner.public-url");
    }

    @Test
    void aConcurrencyOfNothingIsRefusedWithTheValue() {
        assertThatThrownBy(() -> bind(Map.of("station.provisioner.concurrency", "0")))
                .rootCause()
                .hasMessageContaining("concurrency")
                .hasMessageContaining("0");
    }

    private static ProvisionerSettings bind(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("station.provisioner.public-url", "http://127.0.0.1:8080"));
        all.putAll(properties);
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("station.provisioner", ProvisionerSettings.class);
    }
}
