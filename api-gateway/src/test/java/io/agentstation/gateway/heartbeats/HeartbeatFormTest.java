package io.agentstation.gateway.heartbeats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.wire.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class HeartbeatFormTest {

    private static Heartbeat read(String json) {
        return HeartbeatForm.read((ObjectNode) Wire.mapper().readTree(json));
    }

    @Test
    void modeAndUptimeAreAHeartbeat() {
        assertThat(read("{\"mode\":\"EMERGENCY\",\"uptime_seconds\":0.5,\"agent_name\":1,\"timestamp\":null}"))
                .isEqualTo(new Heartbeat(HeartbeatMode.EMERGENCY, 0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Fields \"mode\" and \"uptime_seconds\" are required",
                "{\"mode\":\"IDLE\"}|Fields \"mode\" and \"uptime_seconds\" are required",
                "{\"mode\":null,\"uptime_seconds\":1}|Fields \"mode\" and \"uptime_seconds\" are required",
                "{\"mode\":\"idle\",\"uptime_seconds\":1}|Invalid mode. Must be one of: EMERGENCY, IDLE, SLEEP",
                "{\"mode\":1,\"uptime_seconds\":1}|Invalid mode. Must be one of: EMERGENCY, IDLE, SLEEP",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":null}|uptime_seconds must be a non-negative finite number",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":\"12\"}|uptime_seconds must be a non-negative finite number",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":-0.1}|uptime_seconds must be a non-negative finite number",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1e999}|uptime_seconds must be a non-negative finite number",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":true}|uptime_seconds must be a non-negative finite number",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"cpu_percent\":null}"
                        + "|Field \"cpu_percent\" not allowed in heartbeat. Use the metrics endpoint for resource telemetry.",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"foo\":1}"
                        + "|Field \"foo\" not allowed in heartbeat. Use the metrics endpoint for resource telemetry."
            })
    void anythingElseIsRefused(String json, String error) {
        assertThatThrownBy(() -> read(json)).hasMessage(error);
    }

    @Test
    void anUptimeTooLargeForADoubleIsRefused() {
        assertThatThrownBy(() -> read("{\"mode\":\"IDLE\",\"uptime_seconds\":" + "9".repeat(400) + "}"))
                .hasMessage("uptime_seconds must be a non-negative finite number");
    }
}
