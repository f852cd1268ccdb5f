package io.agentstation.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.cluster.ClusterSettings;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.settings.UpSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterPropertiesTest {

    @Test
    void theDefaultsAreTheClustersOwnWithTheQuotaOfTheGuide() {
        ClusterSettings settings = read(Map.of(), Map.of());

        assertThat(settings.pods()).isEqualTo(ClusterSettings.DEFAULTS.pods());
        assertThat(settings.certificate()).isEqualTo(ClusterSettings.DEFAULTS.certificate());
        assertThat(settings.quota().orElseThrow().namespace()).isEqualTo("agents");
        assertThat(settings.quota().orElseThrow().hard())
                .containsExactlyInAnyOrderEntriesOf(Map.of("cpu", "40", "memory", "200Gi", "pods", "100"));
    }

    @Test
    void aSettingWinsOverTheEnvironmentAndThatOverTheDefault() {
        ClusterSettings settings = read(
                Map.of("station.cluster.quota.pods", "1000"),
                Map.of("STATION_CLUSTER_QUOTA_PODS", "7", "STATION_CLUSTER_QUOTA_CPU", "100"));

        assertThat(settings.quota().orElseThrow().hard())
                .containsEntry("pods", "1000")
                .containsEntry("cpu", "100");
    }

    @Test
    void refusesWhatIsNoQuantityAndNamesIt() {
        assertThatThrownBy(() -> read(Map.of("station.cluster.quota.memory", "plenty"), Map.of()))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("station.cluster.quota.memory=plenty");
        assertThatThrownBy(() -> read(Map.of("station.cluster.quota.pods", "many"), Map.of()))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("station.cluster.quota.pods=many");
    }

    private static ClusterSettings read(Map<String, String> set, Map<String, String> environment) {
        UpSettings settings = new UpSettings(Path.of("nowhere"), 0, "127.0.0.1", null, null, "agents", set);
        return ClusterProperties.read(settings, environment);
    }
}
