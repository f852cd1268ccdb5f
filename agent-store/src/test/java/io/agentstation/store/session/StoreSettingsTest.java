package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {

    @Test
    void defaults() {
        StoreSettings settings = StoreSettings.at("localhost:9042");

        assertThat(settings.contactPoints()).containsExactly("localhost:9042");
        assertThat(settings.localDatacenter()).isEqualTo("datacenter1");
        assertThat(settings.keyspace()).isEqualTo("agent_station");
        assertThat(settings.replicationFactor()).isEqualTo(1);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.retention()).isEqualTo(Retention.defaults());
    }

    @Test
    void aContactPointIsNeeded() {
        assertThatThrownBy(() -> new StoreSettings(null, null, null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.contact-points");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Upper", "1st", "a-b", "a b", "a;DROP", "", "a123456789012345678901234567890123456789012345678"})
    void aKeyspaceIsAPlainWord(String keyspace) {
        assertThatThrownBy(() -> new StoreSettings(List.of("localhost:9042"), null, keyspace, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.keyspace")
                .hasMessageContaining(keyspace);
    }

    @Test
    void rowsHaveAtLeastOneReplica() {
        assertThatThrownBy(() -> new StoreSettings(List.of("localhost:9042"), null, null, 0, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.replication-factor must be at least 1: 0");
    }

    @Test
    void aRequestMayTakeSomeTime() {
        assertThatThrownBy(() -> new StoreSettings(List.of("localhost:9042"), null, null, null, Duration.ZERO, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("station.store.request-timeout must be above zero: PT0S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", ":9042", "localhost:", "localhost:port", "localhost:123456"})
    void aContactPointHasHostAndPort(String contactPoint) {
        StoreSettings settings = StoreSettings.at(contactPoint);

        assertThatThrownBy(settings::addresses)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(contactPoint);
    }
}
