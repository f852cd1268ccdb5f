package io.agentstation.gateway.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.node.ObjectNode;

final class CreateFormTest {

    private static final WorkspaceId WORKSPACE = WorkspaceId.of("w");

    private static GatewaySettings settings(String... registries) {
        return new GatewaySettings(
                "is.plugged.in",
                "agents",
                "8",
                "16Gi",
                100,
                List.of(registries),
                DataSize.ofKilobytes(64),
                DataSize.ofKilobytes(256),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                true);
    }

    private static AgentSpec read(String fields, String... registries) {
        ObjectNode body = (ObjectNode) Wire.mapper().readTree("{\"name\":\"a\"" + fields + "}");
        return new CreateForm(settings(registries)).read(body, WORKSPACE).spec();
    }

    @Test
    void whatIsLeftOutIsAsDocumented() {
        // When
        AgentSpec spec = read(",\"resources\":null,\"env\":null,\"labels\":null,\"image\":null");

        // Then
        assertThat(spec.image()).isEqualTo("nginxinc/nginx-unprivileged:alpine");
        assertThat(spec.resources()).isEqualTo(new Resources("100m", "256Mi", "1000m", "1Gi"));
        assertThat(spec.replicas()).isEqualTo(1);
        assertThat(spec.port()).isEqualTo(8080);
        assertThat(spec.description()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"light, 100m, 128Mi, 500m, 512Mi", "standard, 250m, 256Mi, 1000m, 1Gi", "heavy, 500m, 512Mi, 2000m, 2Gi"
    })
    void presetsAreTheFiguresOfReference001(
            String preset, String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit) {
        assertThat(read(",\"preset\":\"" + preset + "\"").resources())
                .isEqualTo(new Resources(cpuRequest, memoryRequest, cpuLimit, memoryLimit));
    }

    @Test
    void anExplicitFieldWinsOverItsPreset() {
        assertThat(read(",\"preset\":\"light\",\"resources\":{\"memory_limit\":\"1Gi\"}")
                        .resources())
                .isEqualTo(new Resources("100m", "128Mi", "500m", "1Gi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"preset\":\"huge\"|Invalid preset. Must be one of: light, standard, heavy",
                "\"preset\":1|preset must be a string",
                "\"resources\":{\"cpu_limit\":1}|cpu_limit must be a string",
                "\"resources\":{\"cpu_limit\":\"fast\"}|cpu_limit must be a Kubernetes quantity, for example 1000m",
                "\"resources\":{\"cpu_limit\":\"-1\"}|cpu_limit must be a Kubernetes quantity, for example 1000m",
                "\"resources\":{\"cpu_request\":\"0.0001\"}|cpu_request must be a Kubernetes quantity, for example 100m",
                "\"resources\":{\"memory_limit\":\"100m\"}|memory_limit must be a Kubernetes quantity, for example 1Gi",
                "\"resources\":{\"cpu_request\":\"2\"}|cpu_request cannot exceed cpu_limit: 2 > 1000m",
                "\"resources\":{\"memory_limit\":\"1Mi\"}|memory_request cannot exceed memory_limit: 256Mi > 1Mi",
                "\"resources\":{\"memory_limit\":\"17Gi\"}|memory_limit exceeds maximum of 16Gi",
                "\"resources\":{\"cpu_limit\":\"8001m\"}|cpu_limit exceeds maximum of 8 cores",
                "\"resources\":{\"cpu_request\":\"0\",\"cpu_limit\":\"0\"}|cpu_limit must be above 0",
                "\"replicas\":101|replicas must be an integer from 0 to 100",
                "\"replicas\":1.0|replicas must be an integer from 0 to 100",
                "\"replicas\":99999999999|replicas must be an integer from 0 to 100",
                "\"port\":65536|port must be an integer from 1 to 65535",
                "\"labels\":[]|labels must be an object",
                "\"labels\":{\"-a\":\"b\"}|labels: \"-a\" is not a Kubernetes label key",
                "\"labels\":{\"A.b/c/d\":\"b\"}|labels: \"A.b/c/d\" is not a Kubernetes label key",
                "\"labels\":{\"app.kubernetes.io/name\":\"b\"}"
                        + "|labels: the prefix of \"app.kubernetes.io/name\" is reserved",
                "\"labels\":{\"a\":\"b c\"}|labels: the value of \"a\" must be a string of at most 63 letters, digits,"
                        + " '-', '_' or '.'",
                "\"labels\":{\"a\":null}|labels: the value of \"a\" must be a string of at most 63 letters, digits,"
                        + " '-', '_' or '.'",
                "\"env\":{\"A-B\":\"x\"}|env: \"A-B\" is not a name of an environment variable",
                "\"env\":{\"STATION_X\":\"x\"}|env: names that begin with STATION_ are reserved: \"STATION_X\"",
                "\"env\":{\"A\":1}|env: the value of \"A\" must be a string",
                "\"image\":7|image must be a string",
                "\"image\":\"\"|image must be a container image reference, for example registry/name:tag",
                "\"image\":\"a b\"|image must be a container image reference, for example registry/name:tag",
                "\"image\":\"a//b\"|image must be a container image reference, for example registry/name:tag",
                "\"on_unhealthy\":\"reboot\"|on_unhealthy must be one of: inherit, none, restart, kill",
                "\"unhealthy_after_intervals\":2|unhealthy_after_intervals means nothing without on_unhealthy",
                "\"heartbeat\":\"pigeon\"|Invalid heartbeat. Must be one of: agent, sidecar"
            })
    void aFieldThatIsWrongIsRefused(String field, String error) {
        assertThatThrownBy(() -> read("," + field)).hasMessage(error);
    }

    @Test
    void anAgentMayHaveAPolicyOfItsOwn() {
        assertThat(read("").onUnhealthy()).isEqualTo(UnhealthyPolicy.INHERIT);
        assertThat(read(",\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":7")
                        .onUnhealthy())
                .isEqualTo(new UnhealthyPolicy(UnhealthyPolicy.Action.KILL, 7));
    }

    @Test
    void theEnvironmentIsLimited() {
        // Given
        String half = "x".repeat(40_000);

        // Then
        assertThat(read(",\"env\":{\"A\":\"" + half + "\"}").environment()).containsExactly("A");
        assertThatThrownBy(() -> read(",\"env\":{\"A\":\"" + half + "\",\"B\":\"" + half + "\"}"))
                .hasMessageStartingWith("env must be at most 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "custom/image:tag",
                "simulate/silent",
                "localhost:5000/a/b_c:1.2-3",
                "ghcr.io/acme/agent@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void imageReferencesAreAccepted(String image) {
        assertThat(read(",\"image\":\"" + image + "\"").image()).isEqualTo(image);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, true",
        "library/nginx, true",
        "docker.io/library/nginx, true",
        "ghcr.io/acme/agent, true",
        "ghcr.io/acmeevil/agent, false",
        "quay.io/acme/agent, false",
        "nginxinc/nginx, false"
    })
    void theImagePolicyAllowsItsRegistriesOnly(String image, boolean allowed) {
        // Given
        String[] registries = {"docker.io/library", "ghcr.io/acme"};
        String field = ",\"image\":\"" + image + "\"";

        // Then
        if (allowed) {
            assertThat(read(field, registries).image()).isEqualTo(image);
        } else {
            assertThatThrownBy(() -> read(field, registries)).hasMessageStartingWith("Image must be from an allowed");
        }
    }

    @Test
    void secretsAreNotPrinted() {
        // Given
        ObjectNode body = (ObjectNode) Wire.mapper().readTree("{\"name\":\"a\",\"env\":{\"A\":\"s3cret\"}}");

        // Then
        assertThat(new CreateForm(settings()).read(body, WORKSPACE).toString()).doesNotContain("s3cret");
    }
}
