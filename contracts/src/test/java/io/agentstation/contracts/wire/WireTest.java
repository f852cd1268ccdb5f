package io.agentstation.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.heartbeats.Heartbeat;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.heartbeats.Tick;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    private static final String META = "\"meta\":{\"agent_id\":\"0190a5c0-0000-7000-8000-000000000001\","
            + "\"command_id\":\"0190a5c0-0000-7000-8000-000000000002\",\"issuer\":{\"kind\":\"USER\",\"id\":\"u\"},"
            + "\"issued_at\":\"2026-11-22T00:00:00Z\"}";

    @Test
    void whatIsUnknownIsIgnored() {
        assertThat(Wire.readText("{\"mode\":\"IDLE\",\"uptime_seconds\":1.5,\"later\":{\"a\":[1]}}", Heartbeat.class))
                .isEqualTo(new Heartbeat(HeartbeatMode.IDLE, 1.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"IDLE\"",
                "{",
                "{\"mode\":\"IDLE\"}",
                "{\"mode\":null,\"uptime_seconds\":1}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":null}",
                "{\"mode\":\"idle\",\"uptime_seconds\":1}",
                "{\"mode\":\"\",\"uptime_seconds\":1}",
                "{\"mode\":0,\"uptime_seconds\":1}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":\"1\"}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":true}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":-1}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":NaN}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1e999}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1}x",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1}{}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"uptime_seconds\":2}",
                "{\"mode\":\"IDLE\",\"uptime_seconds\":1,}",
                "{'mode':'IDLE','uptime_seconds':1}"
            })
    void whatIsNoMessageIsMalformed(String json) {
        assertThatThrownBy(() -> Wire.readText(json, Heartbeat.class)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] bytes = "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"x\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xff;

        assertThatThrownBy(() -> Wire.read(bytes, Heartbeat.class)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void deepNestingAndHugeDocumentsAreMalformed() {
        String deep = "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
        String huge = "{\"mode\":\"IDLE\",\"uptime_seconds\":1,\"x\":[" + "1,".repeat(600_000) + "1]}";

        assertThatThrownBy(() -> Wire.readText(deep, Heartbeat.class)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Wire.readText(huge, Heartbeat.class)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> Wire.readText("[".repeat(100_000), AgentCommand.class))
                .isInstanceOf(MalformedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + META + "}",
                "{\"type\":\"agent.unheard-of.v1\"," + META + "}",
                "{\"type\":\"io.agentstation.contracts.commands.AgentCommand$Kill\"," + META + "}",
                "{\"type\":\"agent.kill.v1\"}",
                "{\"type\":\"agent.kill.v1\",\"meta\":null}",
                "{\"type\":\"agent.kill.v1\",\"meta\":{}}",
                "{\"type\":\"agent.scale.v1\"," + META + ",\"replicas\":1.5}",
                "{\"type\":\"agent.scale.v1\"," + META + ",\"replicas\":-1}",
                "{\"type\":\"agent.scale.v1\"," + META + ",\"replicas\":\"1\"}",
                "{\"type\":\"agent.scale.v1\"," + META + ",\"replicas\":99999999999}"
            })
    void whatIsNoCommandIsMalformed(String json) {
        assertThatThrownBy(() -> Wire.readText(json, AgentCommand.class)).isInstanceOf(MalformedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "[\"g\"]", "{}", "null"})
    void whatIsNoTextIsMalformed(String gatewayId) {
        String json = "{\"gateway_id\":" + gatewayId + ",\"partition\":0,\"sequence\":1,\"kind\":\"TICK\"}";

        assertThatThrownBy(() -> Wire.readText(json, Tick.class)).isInstanceOf(MalformedMessage.class);
    }

    // Messages evolve by optional fields: one that was written before a field existed must stay readable.
    @Test
    void anOptionalFieldMayBeAbsentOrNull() {
        AgentCommand absent = Wire.readText("{\"type\":\"agent.kill.v1\"," + META + "}", AgentCommand.class);

        assertThat(absent.meta().reason()).isNull();
        assertThat(Wire.readText("{}", SpecPatch.class)).isEqualTo(new SpecPatch(null, null, null, null, null));
        assertThat(Wire.readText("{\"image\":null,\"labels\":null}", SpecPatch.class))
                .isEqualTo(new SpecPatch(null, null, null, null, null));
    }

    // Rows of the store and records of the topics hold specifications that were written before there were policies.
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"on_unhealthy\":null"})
    void aSpecificationWithoutAPolicyInheritsItsWorkspaces(String policy) {
        String json = "{\"workspace\":\"acme\",\"name\":\"a\",\"image\":\"i\",\"resources\":{\"cpu_request\":\"1\","
                + "\"memory_request\":\"1Gi\",\"cpu_limit\":\"1\",\"memory_limit\":\"1Gi\"},\"replicas\":1,\"port\":80,"
                + "\"labels\":{},\"environment\":[]" + policy + "}";

        assertThat(Wire.readText(json, AgentSpec.class).onUnhealthy()).isEqualTo(UnhealthyPolicy.INHERIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "\"restart\"",
                "{\"action\":\"restart\"}",
                "{\"after_intervals\":1}",
                "{\"action\":null,\"after_intervals\":1}",
                "{\"action\":\"reboot\",\"after_intervals\":1}",
                "{\"action\":1,\"after_intervals\":1}",
                "{\"action\":\"restart\",\"after_intervals\":0}",
                "{\"action\":\"restart\",\"after_intervals\":1001}",
                "{\"action\":\"restart\",\"after_intervals\":1.5}",
                "{\"action\":\"restart\",\"after_intervals\":\"1\"}"
            })
    void whatIsNoPolicyIsMalformed(String json) {
        assertThatThrownBy(() -> Wire.readText(json, UnhealthyPolicy.class)).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void theReasonIsKept() {
        assertThatThrownBy(() -> Wire.readText("{\"mode\":\"IDLE\",\"uptime_seconds\":-1}", Heartbeat.class))
                .hasMessageContaining("not a Heartbeat")
                .hasMessageContaining("uptime_seconds must be a finite number of at least 0");
    }
}
